using Portico.Contracts.Bookings;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class ChangeTests
{
    private static readonly object Dear = new
    {
        prices = new { hourly = 10 }, cancellation = new { steps = new[] { new { hours_before = 24, percent_kept = 50 } } },
    };

    [Theory, InBothShapes]
    public async Task Another_time_another_room_and_other_services_cost_what_the_preview_says(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (admin, anna, berta, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var (room, bigger) = (await admin.AddSpaceAsync(place, settings: Dear), await admin.AddSpaceAsync(place, settings: new { prices = new { hourly = 25 } }));
        var (coffee, from) = (await platform.AddServiceAsync(place, 3), platform.Hour(48));
        var booking = await anna.BookedAsync(room, from, 2);
        await platform.PayAsync(booking);

        foreach (var (changes, total, paid, back) in ((object, decimal, decimal, decimal)[])
            [
                (new { ends_at = from.AddHours(3) }, 30, 20, 0),
                (new { starts_at = from.AddHours(1), ends_at = from.AddHours(2) }, 10, 10, 10),
                (new { space_id = bigger }, 25, 10, 0),
                (new { services = new[] { new { amenity_id = coffee, quantity = 4 } } }, 37, 10, 0),
                (new { space_id = room, services = Array.Empty<object>() }, 10, 10, 0),
                (new { people = 3, note = "Standing up" }, 10, 10, 0),
            ])
        {
            var preview = (await anna.PreviewAsync(booking.Id, changes)).Expect(HttpStatusCode.OK);
            var before = await anna.ShownAsync(booking.Id);
            var after = (await anna.ChangeAsync(booking.Id, changes)).ExpectStatus("confirmed");
            Assert.Equal(preview["quote"].GetRawText(), after["quote"].GetRawText());
            Assert.Equal((total, total - paid), (after["quote"].GetProperty("total").GetDecimal(), after["owed"].GetDecimal()));
            var difference = total - before["quote"].GetProperty("total").GetDecimal();
            Assert.Equal(difference, preview["difference"].GetProperty("difference").GetDecimal());
            await platform.ToldAsync("bookings", anna.Id);
            Assert.Equal((difference, back), (ear.Heard<BookingChanged>()[^1].Difference, ear.Heard<BookingChanged>()[^1].GiveBack));
        }

        // What was given up is free, what was taken is not; what was given back is not given back again.
        await berta.HeldAsync(room, from);
        await berta.HeldAsync(bigger, from.AddHours(1));
        (await berta.HoldAsync(room, from.AddHours(1), from.AddHours(2))).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Equal(10, (await anna.GetAsync($"/api/bookings/{booking.Id}/cancellation"))["amount_back"].GetDecimal());
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task Own_time_is_not_in_the_way_and_others_is(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, anna, berta, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var (room, from) = (await admin.AddSpaceAsync(place, settings: new { buffer_before_minutes = 30, buffer_after_minutes = 30 }), platform.Hour(24));
        var hall = await admin.AddWholeAsync(place, room, await admin.AddSpaceAsync(place));
        var (area, _) = await admin.AddAreaAsync(place, 1);
        var own = await anna.BookedAsync(room, from, 2);
        await berta.BookedAsync(room, from.AddHours(5));

        await ChangedAsync(new { starts_at = from.AddHours(1), ends_at = from.AddHours(3) });
        await ChangedAsync(new { space_id = hall });
        await ChangedAsync(new { starts_at = from.AddHours(2), ends_at = from.AddHours(4) });
        // Half an hour to clear up and half an hour to set up.
        Assert.Equal(["buffer"], (await anna.ChangeAsync(own.Id, new { ends_at = from.AddHours(4.5) })).Expect(HttpStatusCode.Conflict, "space-taken").Reasons());
        Assert.Equal(["taken"], (await anna.ChangeAsync(own.Id, new { space_id = room, ends_at = from.AddHours(6) })).Expect(HttpStatusCode.Conflict, "space-taken").Reasons());
        Assert.Equal(from.AddHours(4), (await anna.ShownAsync(own.Id))["ends_at"].GetDateTimeOffset());
        await ChangedAsync(new { space_id = area, people = 1 });
        var desk = (await anna.ShownAsync(own.Id))["desk"].GetProperty("id").GetGuid();
        await ChangedAsync(new { ends_at = from.AddHours(5) });
        Assert.Equal(desk, (await anna.ShownAsync(own.Id))["desk"].GetProperty("id").GetGuid());
        await berta.HeldAsync(hall, from.AddHours(1));
        var elsewhere = await admin.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        (await anna.ChangeAsync(own.Id, new { space_id = elsewhere })).Expect(HttpStatusCode.UnprocessableEntity, "other-location");
        (await anna.ChangeAsync(own.Id, new { people = 9 })).Expect(HttpStatusCode.UnprocessableEntity, "booking-not-allowed");
        await platform.InvariantsHoldAsync();

        async Task ChangedAsync(object changes) => (await anna.ChangeAsync(own.Id, changes)).ExpectStatus("confirmed");
    }

    [Theory, InBothShapes]
    public async Task Nothing_is_had_back_by_way_of_a_change_that_a_cancellation_would_keep(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        platform.MoveToMidMonth();
        var (admin, anna, berta, place) = (await platform.AdminAsync(), await platform.BookerAsync(), await platform.BookerAsync(), await platform.AddOpenPlaceAsync());
        await admin.GivePlanAsync(berta, await admin.AddPlanAsync(10));
        var (room, from) = (await admin.AddSpaceAsync(place, settings: Dear), platform.Hour(8));
        var paid = await anna.BookedAsync(room, from, 2);
        await platform.PayAsync(paid);
        var withHours = (await berta.BookedAsync(room, from.AddHours(4), 4)).ExpectStatus("confirmed");

        (await anna.ChangeAsync(paid.Id, new { starts_at = from.AddDays(3), ends_at = from.AddDays(3).AddHours(2) })).Expect(HttpStatusCode.Conflict, "change-too-late");
        (await anna.ChangeAsync(paid.Id, new { ends_at = from.AddHours(1) })).Expect(HttpStatusCode.Conflict, "change-too-late");
        (await berta.ChangeAsync(withHours.Id, new { ends_at = from.AddHours(5) })).Expect(HttpStatusCode.Conflict, "change-too-late");
        Assert.Equal(6, (await berta.BalancesAsync())[0]);
        (await anna.ChangeAsync(paid.Id, new { ends_at = from.AddHours(3) })).ExpectStatus("confirmed");
        (await berta.ChangeAsync(withHours.Id, new { ends_at = from.AddHours(9) })).ExpectStatus("confirmed");
        Assert.Equal(5, (await berta.BalancesAsync())[0]);
        // Staff may.
        (await admin.ChangeAsync(withHours.Id, new { starts_at = from.AddDays(3), ends_at = from.AddDays(3).AddHours(1), reason = "She is ill" })).ExpectStatus("confirmed");
        Assert.Equal(9, (await berta.BalancesAsync())[0]);
        Assert.Equal("She is ill", (await berta.ChangesAsync(withHours.Id))[^1].Word("reason"));

        platform.Clock.MoveTo(from.AddMinutes(10));
        (await admin.ChangeAsync(paid.Id, new { starts_at = from.AddHours(1) })).Expect(HttpStatusCode.Conflict, "booking-begun");
        (await admin.CheckInAsync(paid.Id)).ExpectStatus("checked_in");
        (await anna.ChangeAsync(paid.Id, new { ends_at = from.AddHours(4) })).ExpectStatus("checked_in");
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task What_staff_agree_to_is_not_had_by_moving_there(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, anna, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var (room, hall) = (await admin.AddSpaceAsync(place), await admin.AddSpaceAsync(place, settings: new { needs_approval = true }));
        var from = platform.Hour(24);
        var agreed = await anna.BookedAsync(hall, from, 2);
        (await anna.ChangeAsync(agreed.Id, new { starts_at = from.AddHours(1) })).ExpectStatus("pending_approval");
        (await admin.ApproveAsync(agreed.Id)).ExpectStatus("confirmed");

        (await anna.ChangeAsync(agreed.Id, new { starts_at = from })).Expect(HttpStatusCode.Conflict, "approval-needed");
        (await anna.ChangeAsync(agreed.Id, new { ends_at = from.AddHours(3) })).Expect(HttpStatusCode.Conflict, "approval-needed");
        (await anna.ChangeAsync(agreed.Id, new { people = 2 })).ExpectStatus("confirmed");
        var own = await anna.BookedAsync(room, from.AddHours(5));
        (await anna.ChangeAsync(own.Id, new { space_id = hall })).Expect(HttpStatusCode.Conflict, "approval-needed");
        (await anna.PreviewAsync(own.Id, new { space_id = hall })).Expect(HttpStatusCode.Conflict, "approval-needed");
        // A hold is asked for approval when it is confirmed.
        var held = await anna.HeldAsync(room, from.AddHours(8));
        (await anna.ChangeAsync(held.Id, new { space_id = hall })).ExpectStatus("held");
        (await anna.ConfirmAsync(held.Id)).ExpectStatus("pending_approval");
        (await admin.ChangeAsync(own.Id, new { space_id = hall, reason = "She asked" })).ExpectStatus("confirmed");
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task Of_what_is_limited_no_more_is_given_than_there_is(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, anna, berta, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var (one, other, projectors, from) = (await admin.AddSpaceAsync(place), await admin.AddSpaceAsync(place), await platform.AddServiceAsync(place, 0, stock: 3), platform.Hour(24));
        var first = await anna.BookedAsync(one, from, 2);
        var second = await berta.BookedAsync(other, from.AddHours(1), 2);

        (await anna.ChangeAsync(first.Id, Projectors(2))).ExpectStatus("confirmed");
        var refused = (await berta.ChangeAsync(second.Id, Projectors(2))).Expect(HttpStatusCode.Conflict, "service-out-of-stock");
        Assert.Equal((projectors, 2, 1), (refused["amenity_id"].GetGuid(), refused["wanted"].GetInt32(), refused["left"].GetInt32()));
        (await berta.ChangeAsync(second.Id, Projectors(1))).ExpectStatus("confirmed");
        (await anna.ChangeAsync(first.Id, Projectors(3))).Expect(HttpStatusCode.Conflict, "service-out-of-stock");
        // Its own pieces are among those it may have, and go with it.
        (await anna.ChangeAsync(first.Id, new { ends_at = from.AddHours(1) })).ExpectStatus("confirmed");
        (await berta.ChangeAsync(second.Id, Projectors(3))).ExpectStatus("confirmed");
        (await anna.ChangeAsync(first.Id, new { starts_at = from.AddHours(1), ends_at = from.AddHours(2) })).Expect(HttpStatusCode.Conflict, "service-out-of-stock");
        (await berta.CancelAsync(second.Id)).ExpectStatus("cancelled");
        (await anna.ChangeAsync(first.Id, new { starts_at = from.AddHours(1), ends_at = from.AddHours(2) })).ExpectStatus("confirmed");
        // What lapsed gives its pieces back to whoever asks next.
        var held = (await berta.PostAsync("/api/bookings", new { space_id = other, starts_at = from.AddHours(1), ends_at = from.AddHours(2), services = new[] { new { amenity_id = projectors, quantity = 1 } } })).Expect(HttpStatusCode.Created);
        platform.Clock.MoveTo(held["expires_at"].GetDateTimeOffset());
        (await anna.ChangeAsync(first.Id, Projectors(3))).ExpectStatus("confirmed");
        await platform.InvariantsHoldAsync();

        object Projectors(int quantity) => new { services = new[] { new { amenity_id = projectors, quantity } } };
    }

    [Theory, InBothShapes]
    public async Task Whoever_leaves_early_frees_the_rest(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, anna, berta, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var room = await admin.AddSpaceAsync(place, settings: new { buffer_after_minutes = 30, step_minutes = 15 });
        var (projector, from) = (await platform.AddServiceAsync(place, 0, stock: 1), platform.Hour());
        var booking = (await anna.PostAsync("/api/bookings", new { space_id = room, starts_at = from, ends_at = from.AddHours(4), services = new[] { new { amenity_id = projector, quantity = 1 } } })).Expect(HttpStatusCode.Created);
        await anna.ConfirmAsync(booking.Id);

        platform.Clock.MoveTo(from.AddMinutes(55));
        (await admin.CheckInAsync(booking.Id)).ExpectStatus("checked_in");
        (await berta.CheckOutAsync(booking.Id)).Expect(HttpStatusCode.NotFound);
        platform.Clock.MoveTo(from.AddHours(1));
        var over = (await anna.CheckOutAsync(booking.Id)).ExpectStatus("completed");
        Assert.Equal(from.AddHours(1), over["ended_at"].GetDateTimeOffset(), BookingSteps.Moment);
        (await anna.CheckOutAsync(booking.Id)).Expect(HttpStatusCode.Conflict, "booking-state");
        // Clearing up takes its time, and is told as what it is.
        var refused = (await berta.HoldAsync(room, from.AddHours(1.25), from.AddHours(2))).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Equal(["buffer"], refused.Reasons());
        await berta.HeldAsync(room, from.AddHours(2), 2);
        await platform.InvariantsHoldAsync();

        // Left before it began: nothing of it is left.
        var next = await anna.BookedAsync(room, from.AddHours(8));
        platform.Clock.MoveTo(from.AddHours(8).AddMinutes(-10));
        (await admin.CheckInAsync(next.Id)).ExpectStatus("checked_in");
        (await anna.CheckOutAsync(next.Id)).ExpectStatus("completed");
        await berta.HeldAsync(room, from.AddHours(8.5));
        await platform.InvariantsHoldAsync();
    }

    [Fact]
    public async Task More_changes_at_once_than_there_are_connections_wait_their_turn()
    {
        await using var platform = await RunningPlatform.StartAsync(
            Shape.OneProcess, BookingSteps.ByHand, builder => builder.Configuration["Modules:bookings:ConnectionString"] += ";Maximum Pool Size=6;Timeout=5");
        var (admin, anna, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var room = await admin.AddSpaceAsync(place);
        var bookings = await Task.WhenAll(Enumerable.Range(0, 30).Select(hour => anna.HeldAsync(room, platform.Hour(hour))));

        var confirmed = await Task.WhenAll(bookings.Select(booking => admin.ConfirmAsync(booking.Id, "On the house")));
        var changed = await Task.WhenAll(bookings.Select(booking => anna.ChangeAsync(booking.Id, new { people = 2 })));
        Assert.All(confirmed.Concat(changed), answer => answer.ExpectStatus("confirmed"));
    }
}
