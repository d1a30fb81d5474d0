using Portico.Bookings.Schedules;

namespace Portico.Tests.Behaviour.Bookings.Races;

/// <summary>Many who want the same time of the same units.</summary>
[Collection(nameof(Rushes))]
public sealed class SlotRaceTests(Rushes rushes, ITestOutputHelper output)
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    [Theory, Rounds]
    public async Task Of_all_who_want_the_same_slot_exactly_one_gets_it(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var (crowd, room, from) = (await rush.CrowdAsync(racers), await rush.Admin.AddSpaceAsync(rush.Place), rush.Platform.Hour());
        for (var round = 0; round < rounds; round++)
        {
            var slot = from.AddHours(round);
            var answers = await rush.AtOnceAsync(crowd.Select(member => (Func<Task<Answer>>)(() => member.HoldAsync(room, slot, slot.AddHours(1)))));

            Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created);
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(["held"], answer.Expect(HttpStatusCode.Conflict, "space-taken").Reasons()));
        }

        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task Whatever_overlaps_is_never_given_twice_and_nobody_is_refused_for_nothing(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var random = Chance.Random(output);
        var (crowd, from) = (await rush.CrowdAsync(racers), rush.Platform.Hour());
        var room = await rush.Admin.AddSpaceAsync(rush.Place, settings: new { buffer_before_minutes = 30, buffer_after_minutes = 60 });
        for (var round = 0; round < rounds; round++)
        {
            var day = from.AddDays(round);
            var wishes = crowd.Select(member => (Member: member, Start: day + random.Next(0, 20) * HalfHour, Length: random.Next(1, 7) * HalfHour)).ToList();
            var answers = await rush.AtOnceAsync(wishes.Select(wish => (Func<Task<Answer>>)(() => wish.Member.HoldAsync(room, wish.Start, wish.Start + wish.Length))));

            var (won, lost) = (new List<(DateTimeOffset From, DateTimeOffset To)>(), new List<(DateTimeOffset From, DateTimeOffset To)>());
            foreach (var (wish, answer) in wishes.Zip(answers))
            {
                (answer.Status is HttpStatusCode.Created ? won : lost).Add((wish.Start - HalfHour, wish.Start + wish.Length + (2 * HalfHour)));
            }

            Assert.NotEmpty(won);
            Assert.All(won, one => Assert.Single(won, other => other.From < one.To && one.From < other.To));
            Assert.All(lost, one => Assert.Contains(won, other => other.From < one.To && one.From < other.To));
        }

        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task A_whole_and_its_parts_are_never_both_given(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var (crowd, from) = (await rush.CrowdAsync(racers), rush.Platform.Hour());
        var rooms = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rush.Admin.AddSpaceAsync(rush.Place)));
        // A hall of a wing of two rooms, and two more.
        var wing = await rush.Admin.AddWholeAsync(rush.Place, rooms[0], rooms[1]);
        var hall = await rush.Admin.AddWholeAsync(rush.Place, wing, rooms[2], rooms[3]);
        Guid[] spaces = [hall, wing, .. rooms];
        for (var round = 0; round < rounds; round++)
        {
            var slot = from.AddHours(round);
            var answers = await rush.AtOnceAsync(crowd.Select((member, index) => (Func<Task<Answer>>)(() => member.HoldAsync(spaces[(index + round) % spaces.Length], slot, slot.AddHours(1)))));

            var won = answers.Where(answer => answer.Status is HttpStatusCode.Created).Select(answer => answer["space"].GetProperty("id").GetGuid()).ToList();
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
            // Everything was asked for, so everything is taken, once.
            Assert.Equal(rooms.Order(), won.SelectMany(space => space == hall ? rooms : space == wing ? rooms[..2] : [space]).Order());
        }

        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task An_area_of_seven_desks_takes_seven(Shape shape, int rounds, int racers)
    {
        const int Desks = 7;
        var rush = await rushes.InAsync(shape);
        var (crowd, from) = (await rush.CrowdAsync(racers), rush.Platform.Hour());
        var (area, desks) = await rush.Admin.AddAreaAsync(rush.Place, Desks);
        for (var round = 0; round < rounds; round++)
        {
            var slot = from.AddHours(round);
            // Some want a certain desk.
            var answers = await rush.AtOnceAsync(crowd.Select((member, index) => (Func<Task<Answer>>)(() => member.HoldAsync(index % 5 == 0 ? desks[index / 5 % Desks] : area, slot, slot.AddHours(1)))));

            var given = answers.Where(answer => answer.Status is HttpStatusCode.Created)
                .Select(answer => answer[answer["space"].GetProperty("id").GetGuid() == area ? "desk" : "space"].GetProperty("id").GetGuid()).ToList();
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
            Assert.Equal(desks.Order(), given.Order());
        }

        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task A_hold_that_lapses_while_others_ask_goes_to_its_owner_or_to_one_of_them(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var (random, crowd) = (Chance.Random(output), await rush.CrowdAsync(racers));
        var room = await rush.Admin.AddSpaceAsync(rush.Place);
        var (kept, passedOn) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var slot = rush.Platform.Hour();
            var (owner, others) = (crowd[round % racers], crowd.Where((_, index) => index != round % racers).ToList());
            var held = await owner.HeldAsync(room, slot);
            rush.Platform.Clock.MoveTo(held["expires_at"].GetDateTimeOffset() - TimeSpan.FromMilliseconds(random.Next(0, 60)));

            var sweeping = rush.Platform.RunJobAsync<ExpireLapsed>();
            var confirming = Task.Delay(random.Next(0, 60)).ContinueWith(_ => rush.Elsewhere(owner, round).ConfirmAsync(held.Id), TaskScheduler.Default).Unwrap();
            var answers = await rush.AtOnceAsync(others.Select(member => (Func<Task<Answer>>)(async () =>
            {
                await Task.Delay(random.Next(0, 60));
                return await member.HoldAsync(room, slot, slot.AddHours(1));
            })));
            await sweeping;
            var (confirmed, won) = ((await confirming).Succeeded, answers.Count(answer => answer.Status is HttpStatusCode.Created));

            Assert.True(won <= (confirmed ? 0 : 1), $"{won} got it and its owner {(confirmed ? "confirmed" : "lost")} it");
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "space-taken"));
            // Whoever asks now gets it at once, unless somebody has it.
            rush.Platform.Clock.MoveTo(held["expires_at"].GetDateTimeOffset());
            Assert.Equal(!confirmed && won == 0, (await others[0].HoldAsync(room, slot, slot.AddHours(1))).Succeeded);
            (kept, passedOn) = (kept + (confirmed ? 1 : 0), passedOn + won);
            rush.Platform.Clock.Advance(TimeSpan.FromHours(1));
        }

        output.WriteLine($"kept {kept} times, passed on {passedOn} times, of {rounds}");
        await rush.EndAsync(output);
    }
}
