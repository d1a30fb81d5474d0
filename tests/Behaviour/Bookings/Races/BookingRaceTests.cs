using Portico.Bookings.Schedules;
using Portico.Tests.Behaviour.Delivery;

namespace Portico.Tests.Behaviour.Bookings.Races;

/// <summary>Many who do something to bookings that there are.</summary>
[Collection(nameof(Rushes))]
[Trait("Category", "Proof")]
public sealed class BookingRaceTests(Rushes rushes, ITestOutputHelper output)
{
    private const int ManyRounds = 20;

    [Theory, Rounds]
    public async Task Moves_that_cross_each_other_neither_wait_for_ever_nor_meet(Shape shape, int rounds, int racers)
    {
        const int Slots = 5;
        var rush = await rushes.InAsync(shape);
        var (random, crowd) = (Chance.Random(output), await rush.CrowdAsync(racers));
        var rooms = await Task.WhenAll(Enumerable.Range(0, racers / Slots).Select(index => rush.Admin.AddSpaceAsync(rush.Place, settings: new { buffer_after_minutes = index % 2 * 30 })));
        var whole = await rush.Admin.AddWholeAsync(rush.Place, rooms[0], rooms[1]);
        Guid[] services = [await rush.Platform.AddServiceAsync(rush.Place, 0, stock: 5), await rush.Platform.AddServiceAsync(rush.Place, 0, stock: 5)];
        Guid[] spaces = [.. rooms, whole];
        var from = rush.Platform.Hour(24);
        var bookings = await Task.WhenAll(crowd.Take(rooms.Length * Slots).Select(async (member, index) =>
            (Member: member, (await member.BookedAsync(rooms[index / Slots], from.AddHours(index % Slots * 2))).Id)));
        // Everybody to where somebody is, or was a moment ago; to the next slot, or to the free one in between.
        IEnumerable<Func<Task<Answer>>> Moves(int round) => bookings.Select((booking, index) => (Func<Task<Answer>>)(() =>
        {
            var start = from.AddHours(random.Next(0, 2 * Slots));
            return rush.Elsewhere(booking.Member, round + index).ChangeAsync(booking.Id, new
            {
                space_id = spaces[random.Next(spaces.Length)], starts_at = start, ends_at = start.AddHours(1),
                services = random.Next(3) is 0 ? Array.Empty<object>() : [.. services.OrderBy(_ => random.Next()).Take(random.Next(1, 3)).Select(id => new { amenity_id = id, quantity = random.Next(1, 4) })],
            });
        }));

        // The crowd has practised to hold, not to move: the first moves waited 2.8 s for code to be compiled, later ones 1.1 s for each other.
        await Task.WhenAll(Moves(0).Select(move => move()));
        var moved = 0;
        for (var round = 0; round < rounds; round++)
        {
            var answers = await rush.AtOnceAsync(Moves(round));
            moved += answers.Count(answer => answer.Succeeded);
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Contains(answer.Expect(HttpStatusCode.Conflict).Code, (string[])["space-taken", "service-out-of-stock"]));
            Assert.Equal(
                bookings.Length,
                (await rush.Platform.QueryAsync<int>("bookings", "select count(distinct booking_id)::int from claims where booking_id = any(@ids)", new { ids = bookings.Select(booking => booking.Id).ToArray() })).Single());
        }

        output.WriteLine($"{moved} moves of {rounds * bookings.Length} tries");
        Assert.NotEqual(0, moved);
        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task One_booking_that_many_hands_pull_at_goes_one_way(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var (random, crowd) = (Chance.Random(output), await rush.CrowdAsync(racers));
        var room = await rush.Admin.AddSpaceAsync(rush.Place, settings: new { needs_approval = true, prices = new { hourly = 10 } });
        Dictionary<string, int> ends = [];
        for (var round = 0; round < rounds; round++)
        {
            await rush.KeepSignedInAsync();
            var (owner, slot) = (crowd[round % racers], rush.Platform.Hour(1));
            var booking = round % 2 == 0 ? await owner.BookedAsync(room, slot) : await owner.HeldAsync(room, slot);
            var payment = rush.Platform.PaymentFor(booking);
            rush.Platform.Clock.MoveTo(booking["expires_at"].GetDateTimeOffset() - TimeSpan.FromMilliseconds(random.Next(0, 200)));
            // Beside them the clock and two payments, of which one is too much.
            var meanwhile = Task.WhenAll(
                rush.Platform.RunJobAsync<ExpireLapsed>(),
                rush.Platform.DeliverAsync(rush.Processes[0], Guid.CreateVersion7(), payment),
                rush.Platform.DeliverAsync(rush.Processes[1], Guid.CreateVersion7(), payment with { PaymentId = Guid.CreateVersion7() }));
            var answers = await rush.AtOnceAsync(Enumerable.Range(0, racers).Select(turn => (Func<Task<Answer>>)(async () =>
            {
                await Task.Delay(random.Next(0, 30));
                var (me, staff) = (rush.Elsewhere(owner, turn), rush.Elsewhere(rush.Admin, turn));
                return (turn % 7) switch
                {
                    0 => await staff.ApproveAsync(booking.Id),
                    1 => await staff.ConfirmAsync(booking.Id, "A favour"),
                    2 => await staff.RejectAsync(booking.Id, "No"),
                    3 => await me.CancelAsync(booking.Id),
                    4 => await me.ConfirmAsync(booking.Id),
                    5 => await me.ExtendAsync(booking.Id),
                    _ => await me.ChangeAsync(booking.Id, new { people = 2 + (turn % 5) }),
                };
            })));
            await meanwhile;

            // Whoever was told that it is done finds it in the trace, and nothing else is there but what the clock and payments did.
            var told = answers.Count(answer => answer.Status is HttpStatusCode.OK);
            var acts = (await owner.ChangesAsync(booking.Id)).Skip(round % 2 == 0 ? 2 : 1).Select(change => change.GetProperty("act").GetString()!).ToList();
            Assert.Equal(told, acts.Count(act => act is not ("expire" or "pay" or "late_pay")));
            var end = await owner.StatusAsync(booking.Id);
            ends[end] = ends.GetValueOrDefault(end) + 1;
            rush.Platform.Clock.Advance(TimeSpan.FromHours(2));
        }

        output.WriteLine(string.Join(", ", ends.Select(end => $"{end.Key} {end.Value}")));
        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task A_late_payment_and_those_who_ask_for_the_room_meanwhile_never_both_get_it(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var (random, crowd) = (Chance.Random(output), await rush.CrowdAsync(racers));
        var room = await rush.Admin.AddSpaceAsync(rush.Place, settings: new { prices = new { hourly = 10 } });
        var honoured = 0;
        for (var round = 0; round < rounds; round++)
        {
            var (owner, slot) = (crowd[round % racers], rush.Platform.Hour(1));
            var booking = await owner.BookedAsync(room, slot);
            var (id, payment) = (Guid.CreateVersion7(), rush.Platform.PaymentFor(booking));
            rush.Platform.Clock.MoveTo(booking["expires_at"].GetDateTimeOffset());
            if (round % 2 == 0)
            {
                await rush.Platform.RunJobAsync<ExpireLapsed>();
            }

            // The same fact to both processes, as by a relay that was not answered in time.
            // One payment against a crowd: without a start of its own it would hardly ever be the first.
            var (wait, lead) = (random.Next(0, 40), random.Next(0, 80));
            var paying = Task.WhenAll(rush.Processes.Select(async process =>
            {
                await Task.Delay(wait);
                await rush.Platform.DeliverAsync(process, id, payment);
            }));
            var answers = await rush.AtOnceAsync(crowd.Where(member => member != owner).Select(member => (Func<Task<Answer>>)(async () =>
            {
                await Task.Delay(lead + random.Next(0, 40));
                return await member.HoldAsync(room, slot, slot.AddHours(1));
            })));
            await paying;

            var stands = await owner.StatusAsync(booking.Id) == "confirmed";
            Assert.Equal(stands ? 0 : 1, answers.Count(answer => answer.Status is HttpStatusCode.Created));
            honoured += stands ? 1 : 0;
            rush.Platform.Clock.Advance(TimeSpan.FromHours(2));
        }

        output.WriteLine($"honoured {honoured} times of {rounds}");
        Assert.True(rounds < ManyRounds || (honoured > 0 && honoured < rounds), "it went one way only");
        await rush.EndAsync(output);
    }

    [Theory, Rounds]
    public async Task One_wish_sent_many_times_with_one_key_is_one_booking(Shape shape, int rounds, int racers)
    {
        var rush = await rushes.InAsync(shape);
        var (member, room, from) = ((await rush.CrowdAsync(racers))[0], await rush.Admin.AddSpaceAsync(rush.Place), rush.Platform.Hour());
        for (var round = 0; round < rounds; round++)
        {
            var wish = new { space_id = room, starts_at = from.AddHours(round), ends_at = from.AddHours(round + 1) };
            var key = $"{Guid.CreateVersion7()}";
            var answers = await rush.AtOnceAsync(Enumerable.Range(0, racers).Select(turn => (Func<Task<Answer>>)(() => rush.Elsewhere(member, turn).PostAsync("/api/bookings", wish, key))));

            Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
            Assert.Single(answers.Select(answer => answer.Body).Distinct());
            Assert.Single(answers, answer => !answer.Headers.Contains("Idempotency-Replayed"));
        }

        Assert.Equal([rounds], await rush.Platform.QueryAsync<int>("bookings", "select count(*)::int from bookings where space_id = @room", new { room }));
        await rush.EndAsync(output);
    }
}
