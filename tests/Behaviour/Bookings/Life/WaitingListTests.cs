using Portico.Bookings.Schedules;
using Portico.Contracts.Bookings;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class WaitingListTests
{
    [Theory, InBothShapes]
    public async Task What_comes_free_is_offered_to_the_first_in_line_and_then_to_the_next(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (holder, line) = (await platform.MemberAsync(), await platform.MembersAsync(4));
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        var from = platform.Hour(24);
        (await line[0].JoinAsync(room, from)).Expect(HttpStatusCode.Conflict, "slot-free");
        var booking = await holder.BookedAsync(room, from);
        List<Guid> entries = [];
        foreach (var person in line)
        {
            entries.Add(await person.WaitAsync(room, from));
            (await person.JoinAsync(room, from)).Expect(HttpStatusCode.Conflict, "already-waiting");
        }

        var ahead = await Task.WhenAll(line.Zip(entries, async (person, entry) => (await person.EntryAsync(entry)).GetProperty("ahead").GetInt32()));
        Assert.Equal([0, 1, 2, 3], ahead);
        (await line[1].LeaveAsync(entries[1])).Expect(HttpStatusCode.NoContent);
        (await line[1].LeaveAsync(entries[1])).Expect(HttpStatusCode.NotFound, "waiting-not-found");
        (await line[2].LeaveAsync(entries[0])).Expect(HttpStatusCode.NotFound, "waiting-not-found");

        await holder.CancelAsync(booking.Id);
        var first = await line[0].OfferedAsync(entries[0]);
        var offer = await line[0].ShownAsync(first);
        Assert.Equal(("held", BookingSteps.OfferFor), (offer.Text("status"), offer["expires_at"].GetDateTimeOffset() - offer["created_at"].GetDateTimeOffset()));
        await platform.ToldAsync("bookings", line[0].Id);
        Assert.Equal([true], ear.Heard<BookingHeld>().Where(held => held.Booking.BookingId == first).Select(held => held.Offered));
        Assert.Equal("offered left waiting waiting", await StandsAsync());
        (await holder.HoldAsync(room, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");

        // The offer lapses; whoever asks then only brings the next one theirs.
        platform.Clock.Advance(BookingSteps.OfferFor);
        (await line[0].ConfirmAsync(first)).Expect(HttpStatusCode.Conflict, "hold-expired");
        (await holder.HoldAsync(room, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        var second = await line[2].OfferedAsync(entries[2]);
        await line[2].ConfirmAsync(second);
        Assert.Equal("offered left offered waiting", await StandsAsync());
        await platform.RunJobAsync<ServeWaitingLine>();
        Assert.Equal("waiting", await line[3].StandsAsync(entries[3]));
        platform.Clock.MoveTo(from);
        await platform.RunJobAsync<ServeWaitingLine>();
        Assert.Equal("over", await line[3].StandsAsync(entries[3]));
        await platform.InvariantsHoldAsync();

        async Task<string> StandsAsync() => string.Join(' ', await Task.WhenAll(line.Zip(entries, (person, entry) => person.StandsAsync(entry))));
    }

    [Theory, InBothShapes]
    public async Task Nobody_passes_somebody_in_line_who_could_be_served_whatever_way_they_ask(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, place, people) = (await platform.AdminAsync(), await platform.AddOpenPlaceAsync(), await platform.MembersAsync(3));
        var (anna, berta, carla) = (people[0], people[1], people[2]);
        var (room, other) = (await admin.AddSpaceAsync(place), await admin.AddSpaceAsync(place));
        var from = platform.Hour(24);

        foreach (var pass in (Func<DateTimeOffset, Task<Answer>>[])
            [
                at => carla.HoldAsync(room, at, at.AddHours(1)),
                at => carla.PostAsync("/api/bookings", new { space_id = room, starts_at = at, ends_at = at.AddHours(1) }, $"{Guid.CreateVersion7()}"),
                async at => await carla.ChangeAsync((await carla.BookedAsync(other, at)).Id, new { space_id = room }),
                async at => await carla.ChangeAsync((await carla.BookedAsync(room, at.AddHours(-1))).Id, new { ends_at = at.AddHours(1) }),
            ])
        {
            from = from.AddHours(3);
            var held = await anna.HeldAsync(room, from);
            var entry = await berta.WaitAsync(room, from);
            // Free by the clock alone: nothing has told anybody yet.
            platform.Clock.MoveTo(held["expires_at"].GetDateTimeOffset());
            Assert.Equal(["held"], (await pass(from)).Expect(HttpStatusCode.Conflict, "space-taken").Reasons());
            await berta.ConfirmAsync(await berta.OfferedAsync(entry));
        }

        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task Somebody_in_line_who_cannot_be_served_is_in_nobodys_way(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, place, people) = (await platform.AdminAsync(), await platform.AddOpenPlaceAsync(), await platform.MembersAsync(4));
        var (anna, berta, carla, dora) = (people[0], people[1], people[2], people[3]);
        var (left, right, from) = (await admin.AddSpaceAsync(place), await admin.AddSpaceAsync(place), platform.Hour(24));
        var hall = await admin.AddWholeAsync(place, left, right);
        var (one, two) = (await anna.BookedAsync(left, from), await anna.BookedAsync(right, from));
        var whole = await berta.WaitAsync(hall, from);
        var longer = await carla.WaitAsync(left, from, 3);

        // Half of the hall is no hall; carla's three hours are free now.
        await anna.CancelAsync(one.Id);
        var offer = await carla.OfferedAsync(longer);
        Assert.Equal("waiting", await berta.StandsAsync(whole));
        await carla.CancelAsync(offer);
        await platform.ToldAsync("bookings", carla.Id);
        await dora.BookedAsync(left, from);
        await anna.CancelAsync(two.Id);
        await platform.ToldAsync("bookings", anna.Id);
        Assert.Equal("waiting", await berta.StandsAsync(whole));

        // Nor is somebody whose account is suspended, or whose wish the house does not allow any more.
        var taken = await dora.BookedAsync(right, from.AddHours(4));
        var suspended = await berta.WaitAsync(right, from.AddHours(4));
        var tooMany = await carla.WaitAsync(right, from.AddHours(4));
        await platform.ExecuteAsync("bookings", "update people set status = 'suspended' where id = @Id", new { berta.Id });
        await platform.ExecuteAsync("bookings", "update waiting_entries set people = 50 where id = @tooMany", new { tooMany });
        await dora.CancelAsync(taken.Id);
        await platform.ToldAsync("bookings", dora.Id);
        await dora.HeldAsync(right, from.AddHours(4));
        Assert.Equal(("waiting", "waiting"), (await berta.StandsAsync(suspended), await carla.StandsAsync(tooMany)));
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task Each_of_several_who_wait_for_any_desk_gets_one_as_they_come_free(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, place, line) = (await platform.AdminAsync(), await platform.AddOpenPlaceAsync(), await platform.MembersAsync(4));
        var (area, desks) = await admin.AddAreaAsync(place, 2);
        var (from, newcomer) = (platform.Hour(24), line[3]);
        var (one, two) = (await line[0].BookedAsync(area, from), await line[0].BookedAsync(area, from));
        var (first, second) = (await line[1].WaitAsync(area, from), await line[2].WaitAsync(area, from, 2));

        await line[0].CancelAsync(two.Id);
        var freed = two["desk"].GetProperty("id").GetGuid();
        Assert.Equal(freed, (await line[1].ShownAsync(await line[1].OfferedAsync(first)))["desk"].GetProperty("id").GetGuid());
        Assert.Equal("waiting", await line[2].StandsAsync(second));
        (await newcomer.HoldAsync(area, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        await line[0].CancelAsync(one.Id);
        Assert.Equal(Assert.Single(desks, desk => desk != freed), (await line[2].ShownAsync(await line[2].OfferedAsync(second)))["desk"].GetProperty("id").GetGuid());
        (await newcomer.HoldAsync(area, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        await platform.InvariantsHoldAsync();
    }
}
