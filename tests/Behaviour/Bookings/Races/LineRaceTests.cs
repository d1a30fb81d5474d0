using Portico.Bookings.Schedules;

namespace Portico.Tests.Behaviour.Bookings.Races;

/// <summary>Many who share a ledger, or a line.</summary>
[Collection(nameof(Rushes))]
[Trait("Category", "Proof")]
public sealed class LineRaceTests(Rushes rushes, ITestOutputHelper output)
{
    [Theory, Rounds]
    public async Task A_team_that_books_and_cancels_all_at_once_never_has_less_than_no_hours(Shape shape, int rounds, int racers)
    {
        const int Hours = 10;
        var rush = await rushes.InAsync(shape);
        var (random, crowd) = (Chance.Random(output), await rush.CrowdAsync(racers));
        // A month of its own for every round has its ten hours.
        var team = await rush.Admin.AddTeamAsync(await rush.Admin.AddPlanAsync(Hours));
        await Task.WhenAll(crowd.Select(member => rush.Admin.AddToTeamAsync(team, member)));
        var rooms = await Task.WhenAll(crowd.Select(_ => rush.Admin.AddSpaceAsync(rush.Place, settings: new { prices = new { hourly = 10 }, horizon_days = 730 })));
        var now = rush.Platform.Clock.GetUtcNow();
        for (var round = 0; round < rounds; round++)
        {
            var slot = new DateTimeOffset(now.Year, now.Month, 3 + (round / 20), 8 + (round % 3), 0, 0, TimeSpan.Zero).AddMonths(1 + (round % 20));
            var balance = await BalanceAsync(slot);
            var answers = await rush.AtOnceAsync(crowd.Select((member, index) => (Func<Task<Answer>>)(() => member.HoldAsync(rooms[index], slot, slot.AddHours(1)))));

            Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
            Assert.Equal(balance, answers.Sum(answer => answer["quote"].GetProperty("credit_hours_used").GetDecimal()));
            Assert.Equal(0, await BalanceAsync(slot));
            // Half give theirs back while the others lengthen: whoever comes after a return uses it.
            var second = await rush.AtOnceAsync(answers.Zip(crowd, (booking, member) => (Func<Task<Answer>>)(async () =>
            {
                await Task.Delay(random.Next(0, 30));
                return booking.Id.GetHashCode() % 2 == 0 ? await member.CancelAsync(booking.Id) : await member.ChangeAsync(booking.Id, new { ends_at = slot.AddHours(2) });
            })));
            Assert.All(second, answer => answer.Expect(HttpStatusCode.OK));
            Assert.True(await BalanceAsync(slot) >= 0);
        }

        await Task.WhenAll(crowd.Select(member => rush.Admin.DeleteAsync($"/api/bookings/teams/{team}/members/{member.Id}")));
        await rush.EndAsync(output);

        async Task<decimal> BalanceAsync(DateTimeOffset at) => (await rush.Platform.QueryAsync<decimal?>(
            "bookings", "select sum(hours) from credit_entries where payer_id = @team and month = date_trunc('month', @at::timestamptz at time zone 'Europe/Rome')", new { team, at })).Single() ?? Hours;
    }

    [Theory, Rounds]
    public async Task The_line_is_served_in_its_order_whatever_comes_free_and_whoever_asks(Shape shape, int rounds, int racers)
    {
        const int Waiting = 5;
        var rush = await rushes.InAsync(shape);
        var (random, crowd) = (Chance.Random(output), await rush.CrowdAsync(racers));
        var (room, line, newcomers) = (await rush.Admin.AddSpaceAsync(rush.Place), crowd.Take(Waiting).ToList(), crowd.Skip(Waiting + 1).ToList());
        for (var round = 0; round < rounds; round++)
        {
            var (holder, slot) = (crowd[Waiting], rush.Platform.Hour(4));
            var booking = round % 2 == 0 ? (await holder.BookedAsync(room, slot)).Id : (await holder.HeldAsync(room, slot)).Id;
            List<Guid> entries = [];
            foreach (var member in line)
            {
                entries.Add(await member.WaitAsync(room, slot));
            }

            for (var turn = 0; turn < Waiting; turn++)
            {
                // The one who has it gives it back, or lets it lapse, while others ask and more than one serves the line.
                var (owner, lapses) = (turn == 0 ? holder : line[turn - 1], turn > 0 && round % 2 == 0);
                if (lapses)
                {
                    // Whoever still serves the line because of the turn before would offer until a time that is over by then.
                    await rush.Platform.AllToldAsync("bookings");
                    rush.Platform.Clock.Advance(BookingSteps.OfferFor);
                }

                var serving = Task.WhenAll(rush.Platform.RunJobAsync<ServeWaitingLine>(), rush.Platform.RunJobAsync<ExpireLapsed>());
                var answers = await rush.AtOnceAsync(newcomers.Select((member, index) => (Func<Task<Answer>>)(async () =>
                {
                    await Task.Delay(random.Next(0, 20));
                    return index == 0 && !lapses ? await owner.CancelAsync(booking) : await member.HoldAsync(room, slot, slot.AddHours(1));
                })));
                await serving;
                if (!lapses)
                {
                    answers[0].ExpectStatus("cancelled");
                }

                Assert.All(answers.Skip(lapses ? 0 : 1), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
                booking = await line[turn].OfferedAsync(entries[turn]);
                Assert.Equal(
                    Enumerable.Range(0, Waiting).Select(place => place <= turn ? "offered" : "waiting"),
                    await Task.WhenAll(line.Zip(entries, (member, entry) => member.StandsAsync(entry))));
            }

            await line[^1].CancelAsync(booking);
            // Nobody waits any more: the next who asks gets it.
            Assert.True((await newcomers[0].HoldAsync(room, slot, slot.AddHours(1))).Succeeded);
            rush.Platform.Clock.Advance(TimeSpan.FromHours(1));
        }

        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task Many_who_wait_for_any_desk_of_an_area_get_those_that_come_free_and_no_others(Shape shape, int rounds, int racers)
    {
        const int Desks = 4;
        var rush = await rushes.InAsync(shape);
        var (crowd, (area, _)) = (await rush.CrowdAsync(racers), await rush.Admin.AddAreaAsync(rush.Place, Desks));
        var (holders, line, newcomers) = (crowd.Take(Desks).ToList(), crowd.Skip(Desks).Take(Desks + 1).ToList(), crowd.Skip(2 * Desks + 1).ToList());
        for (var round = 0; round < rounds; round++)
        {
            var slot = rush.Platform.Hour(4);
            var bookings = await Task.WhenAll(holders.Select(member => member.BookedAsync(area, slot)));
            List<Guid> entries = [];
            foreach (var member in line)
            {
                entries.Add(await member.WaitAsync(area, slot));
            }

            var cancels = holders.Zip(bookings, (member, booking) => (Func<Task<Answer>>)(() => member.CancelAsync(booking.Id)));
            var asks = newcomers.Select(member => (Func<Task<Answer>>)(() => member.HoldAsync(area, slot, slot.AddHours(1))));
            var answers = await rush.AtOnceAsync(cancels.Zip(asks.Chunk(Math.Max(1, newcomers.Count / Desks)), (cancel, some) => some.Append(cancel)).SelectMany(some => some));

            Assert.Equal(Desks, answers.Count(answer => answer.Succeeded));
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
            var offers = await Task.WhenAll(line.Take(Desks).Zip(entries, (member, entry) => member.OfferedAsync(entry)));
            Assert.Equal(Desks, offers.Distinct().Count());
            Assert.Equal("waiting", await line[^1].StandsAsync(entries[^1]));
            await line[^1].LeaveAsync(entries[^1]);
            rush.Platform.Clock.Advance(TimeSpan.FromHours(1));
            await rush.Platform.RunJobAsync<ExpireLapsed>();
        }

        await rush.EndAsync(output);
    }
}
