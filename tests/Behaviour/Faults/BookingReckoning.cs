using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Holds what a crowd was told of its bookings against what is there afterwards.</summary>
internal sealed class BookingReckoning(BookingProcesses processes, BookingCrowd crowd, Guid[] rooms, DateTimeOffset opening)
{
    private static readonly ParallelOptions AFewAtOnce = new() { MaxDegreeOfParallelism = 4 };
    private static readonly string[] Blocking = ["held", "confirmed", "checked_in"];
    private RunningPlatform Platform => processes.Platform;

    /// <summary>Whoever sends the same with the same key again gets the same answer, and nothing is done again.</summary>
    public Task AnswersStandAsync() => Parallel.ForEachAsync(crowd.Sent, AFewAtOnce, async (sent, _) =>
    {
        var again = await sent.SendToAsync(processes.Addresses[sent.Key[^1] % 2]);
        Assert.Equal((sent.Answer.Status, sent.Answer.Body), (again.Status, again.Body));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"), $"{sent.Act} was done again: {again}");
    });

    /// <summary>Every booking is where and what its owner was told, by the ways they were told, and there is no other.</summary>
    public async Task BookingsStandAsync()
    {
        await Parallel.ForEachAsync(crowd.Bookings, AFewAtOnce, async (told, _) =>
        {
            var owner = told.Owner.At(processes.Addresses[1]);
            var shown = await owner.ShownAsync(told.Id);
            // A hold may have lapsed since; nothing else happens by itself.
            Assert.Contains(shown.Text("status"), told.Status == "held" ? ["held", "expired"] : (string[])[told.Status]);
            Assert.Equal((told.Room, told.StartsAt), (shown["space"].GetProperty("id").GetGuid(), shown["starts_at"].GetDateTimeOffset()));
            var acts = (await owner.ChangesAsync(told.Id)).Select(change => change.GetProperty("act").GetString()!).Where(act => act != "expire");
            Assert.Equal(told.Acts.Select(act => act switch { "check-in" => "check_in", "check-out" => "complete", _ => act }), acts);
        });
        Assert.Equal(
            crowd.Bookings.Select(told => told.Id).Order(),
            await Platform.QueryAsync<Guid>("bookings", "select id from bookings where space_id = any(@rooms) order by id", new { rooms }));
    }

    /// <summary>Once the last hold has lapsed, whatever no booking has can be had, and nothing else.</summary>
    public async Task NoSlotIsStuckAsync(Person somebody)
    {
        var lapsed = crowd.Bookings.Where(told => told.Status == "held").Select(told => told.Last["expires_at"].GetDateTimeOffset()).DefaultIfEmpty().Max();
        await Eventually.TrueAsync(() => Task.FromResult(Platform.Clock.GetUtcNow() > lapsed), "the clock stands still");
        var taken = crowd.Bookings.Where(told => told.Status != "held" && Blocking.Contains(told.Status)).Select(told => (told.Room, told.StartsAt)).ToList();
        Assert.Equal(taken.Count, taken.Distinct().Count());
        var slots = from room in rooms from hour in Enumerable.Range(0, BookingCrowd.Slots) select (Room: room, StartsAt: opening.AddHours(hour));
        await Parallel.ForEachAsync(slots, AFewAtOnce, async (slot, _) =>
        {
            var prober = somebody.At(processes.Addresses[slot.StartsAt.Hour % 2]);
            var answer = await prober.HoldAsync(slot.Room, slot.StartsAt, slot.StartsAt.AddHours(1));
            if (taken.Contains(slot))
            {
                answer.Expect(HttpStatusCode.Conflict, "space-taken");
                return;
            }

            (await prober.CancelAsync(answer.Expect(HttpStatusCode.Created).Id)).ExpectStatus("cancelled");
        });
    }

    /// <summary>Of all rounds so far: every fact has left, and whoever listens has heard it once.</summary>
    public async Task FactsArriveOnceAsync()
    {
        await Eventually.TrueAsync(
            async () => (await Platform.QueryAsync<long>("bookings", "select (select count(*) from outbox) + (select count(*) from floor_changes where seq is null)")).Single() == 0,
            "a fact is not delivered, or the floor is not told of a change");
        var acts = (await Platform.QueryAsync<(string Act, int Times)>("bookings", "select act, count(*)::int from floor_changes group by act")).ToDictionary(act => act.Act, act => act.Times);
        Assert.Equal(
            ((string[])["cancel", "expire", "complete", "change"]).Sum(act => acts.GetValueOrDefault(act)),
            (await Platform.QueryAsync<int>("bookings", "select count(*)::int from inbox where consumer = 'OfferFreedTime'")).Single());
        Assert.Equal(acts.GetValueOrDefault("check_in"), (await Platform.QueryAsync<int>("members", "select count(*)::int from inbox where consumer = 'OpenVisitForBooking'")).Single());
        Assert.Equal([true], await Platform.QueryAsync<bool>("bookings", "select max(seq) - min(seq) + 1 = count(*) from floor_changes"));
    }
}
