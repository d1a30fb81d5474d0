using Portico.Bookings.Schedules;
using Portico.Contracts.Bookings;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class LifecycleTests
{
    // The real clockwork, quicker than in production.
    private static readonly Dictionary<string, string?> Quick = new()
    {
        ["Tokens:Lifetime"] = "7.00:00:00",
        ["Schedules:complete-ended:Every"] = "00:00:00.2",
        ["Schedules:release-no-shows:Every"] = "00:00:00.2",
    };

    [Theory, InBothShapes]
    public async Task A_free_room_is_held_extended_confirmed_checked_in_to_and_completes_by_itself(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, Quick, ear.Listen);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var room = await admin.AddSpaceAsync(await platform.AddOpenPlaceAsync());
        var from = platform.Hour();

        var held = (await anna.HeldAsync(room, from));
        Assert.Equal("held", held.Text("status"));
        Assert.InRange(held["seconds_left"].GetInt32(), 890, 900);
        var until = held["expires_at"].GetDateTimeOffset();
        var extended = (await anna.ExtendAsync(held.Id)).ExpectStatus("held");
        Assert.Equal(until + BookingSteps.HoldFor, extended["expires_at"].GetDateTimeOffset());
        (await anna.ExtendAsync(held.Id)).Expect(HttpStatusCode.Conflict, "hold-extended");
        (await admin.CheckInAsync(held.Id)).Expect(HttpStatusCode.Conflict, "booking-state");
        (await anna.ConfirmAsync(held.Id)).ExpectStatus("confirmed");
        (await anna.ConfirmAsync(held.Id)).Expect(HttpStatusCode.Conflict, "booking-state");
        Assert.Equal("zero_price", (await ear.OnlyAsync<BookingConfirmed>()).By);

        var code = (await platform.QueryAsync<string>("bookings", "select check_in_code from spaces where id = @room", new { room })).Single();
        var early = (await anna.PostAsync("/api/bookings/check-in", new { code })).Expect(HttpStatusCode.Conflict, "check-in-not-open");
        Assert.Equal(from.AddMinutes(-15), early["opens_at"].GetDateTimeOffset());
        platform.Clock.MoveTo(from.AddMinutes(-10));
        (await anna.CheckOutAsync(held.Id)).Expect(HttpStatusCode.Conflict, "booking-state");
        (await anna.PostAsync("/api/bookings/check-in", new { code })).ExpectStatus("checked_in");
        (await anna.PostAsync("/api/bookings/check-in", new { code })).Expect(HttpStatusCode.Conflict, "already-checked-in");
        (await anna.CancelAsync(held.Id)).Expect(HttpStatusCode.Conflict, "booking-state");

        platform.Clock.MoveTo(from.AddHours(1));
        await Eventually.TrueAsync(async () => await anna.StatusAsync(held.Id) == "completed", "it does not complete");
        Assert.Equal(from.AddHours(1), (await ear.OnlyAsync<BookingCompleted>()).At);
        var changes = await anna.ChangesAsync(held.Id);
        Assert.Equal(["hold", "extend", "confirm", "check_in", "complete"], changes.Select(change => change.Word("act")));
        Assert.Equal([$"{anna.Id}", $"{anna.Id}", $"{anna.Id}", $"{anna.Id}", null], changes.Select(change => change.Word("by_id")));
        Assert.Equal(["held", "held", "confirmed", "checked_in", "completed"], changes.Select(change => change.Word("to_status")));
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task Whoever_does_not_come_loses_the_room_and_whoever_needs_not_check_in_keeps_it(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, Quick, ear.Listen);
        var (place, anna, berta) = (await platform.AddOpenPlaceAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var (released, kept) = (await platform.AddSpaceAsync(place, settings: new { release_after_minutes = 20 }), await platform.AddSpaceAsync(place));
        var from = platform.Hour();
        var (lost, used) = (await anna.BookedAsync(released, from, 2), await anna.BookedAsync(kept, from, 2));

        platform.Clock.MoveTo(from.AddMinutes(21));
        await Eventually.TrueAsync(async () => await anna.StatusAsync(lost.Id) == "no_show", "it is not released");
        Assert.Equal(lost.Id, (await ear.OnlyAsync<BookingNoShow>()).Booking.BookingId);
        await berta.BookedAsync(released, from.AddMinutes(30));
        (await berta.HoldAsync(kept, from.AddMinutes(30), from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        platform.Clock.MoveTo(from.AddHours(2));
        await Eventually.TrueAsync(async () => await anna.StatusAsync(used.Id) == "completed", "it does not complete");
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task A_booking_that_costs_something_waits_for_its_payment(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (place, anna, berta) = (await platform.AddOpenPlaceAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var room = await platform.AddSpaceAsync(place, settings: new { prices = new { hourly = 12.5 } });
        var from = platform.Hour();

        var waiting = (await anna.BookedAsync(room, from, 2)).ExpectStatus("awaiting_payment");
        Assert.Equal(25, waiting["owed"].GetDecimal());
        Assert.Equal(waiting["expires_at"].GetDateTimeOffset(), (await ear.OnlyAsync<BookingAwaitsPayment>()).DueAt, BookingSteps.Moment);
        var refused = (await berta.HoldAsync(room, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Equal(["held"], refused.Reasons());
        var payment = platform.PaymentFor(waiting);
        await platform.SayAsync(payment);
        Assert.Equal(("confirmed", 0m), (await anna.StatusAsync(waiting.Id), (await anna.ShownAsync(waiting.Id))["owed"].GetDecimal()));
        var confirmed = await ear.OnlyAsync<BookingConfirmed>();
        Assert.Equal(("payment", payment.PaymentId, 25m), (confirmed.By, confirmed.PaymentId!.Value, confirmed.Booking.Total));
        Assert.Equal(["taken"], (await berta.HoldAsync(room, from, from.AddHours(1))).Reasons());

        // What is refused is free at once.
        var refusedCard = (await berta.BookedAsync(room, from.AddHours(2))).ExpectStatus("awaiting_payment");
        await platform.FailPaymentAsync(refusedCard);
        Assert.Equal("payment_failed", await berta.StatusAsync(refusedCard.Id));
        Assert.Equal("card refused", (await ear.OnlyAsync<BookingPaymentFailed>()).Reason);
        await anna.HeldAsync(room, from.AddHours(2));
        // And what is confirmed does not fail any more.
        await platform.FailPaymentAsync(waiting);
        Assert.Equal("confirmed", await anna.StatusAsync(waiting.Id));
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task What_needs_approval_blocks_until_somebody_who_runs_the_place_decides(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var (manager, stranger, place) = (await platform.ManagerAsync(), await platform.ManagerAsync(), await platform.AddOpenPlaceAsync());
        await admin.AppointAsync(place, manager, "manager");
        var (free, dear) = (await admin.AddSpaceAsync(place, settings: new { needs_approval = true }), await admin.AddSpaceAsync(place, settings: new { needs_approval = true, prices = new { daily = 100 } }));
        var from = platform.Hour();

        var asked = (await anna.BookedAsync(free, from)).ExpectStatus("pending_approval");
        Assert.Equal(asked["expires_at"].GetDateTimeOffset(), (await ear.OnlyAsync<BookingAwaitsApproval>()).ExpiresAt, BookingSteps.Moment);
        (await berta.HoldAsync(free, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        (await anna.ApproveAsync(asked.Id)).Expect(HttpStatusCode.Forbidden);
        (await stranger.ApproveAsync(asked.Id)).Expect(HttpStatusCode.NotFound, "booking-not-found");
        (await manager.ApproveAsync(asked.Id)).ExpectStatus("confirmed");
        (await manager.ApproveAsync(asked.Id)).Expect(HttpStatusCode.Conflict, "booking-state");
        (await manager.RejectAsync(asked.Id, "no")).Expect(HttpStatusCode.Conflict, "booking-state");

        var priced = (await anna.BookedAsync(dear, from)).ExpectStatus("pending_approval");
        (await manager.ApproveAsync(priced.Id)).ExpectStatus("awaiting_payment");
        await platform.PayAsync(priced);
        Assert.Equal("confirmed", await anna.StatusAsync(priced.Id));

        var unwanted = await anna.BookedAsync(free, from.AddHours(1));
        (await manager.RejectAsync(unwanted.Id, " ")).Expect(HttpStatusCode.BadRequest, "invalid");
        (await manager.RejectAsync(unwanted.Id, "We paint the walls")).ExpectStatus("cancelled");
        Assert.Equal(("staff", "We paint the walls"), (await ear.OnlyAsync<BookingCancelled>() is var cancelled ? cancelled.By : "", cancelled.Reason));
        Assert.Equal("We paint the walls", (await anna.ChangesAsync(unwanted.Id))[^1].Word("reason"));
        await berta.HeldAsync(free, from.AddHours(1));

        // Staff may pass over both, and say why.
        var favour = await anna.BookedAsync(dear, from.AddDays(1));
        (await manager.ConfirmAsync(favour.Id)).Expect(HttpStatusCode.UnprocessableEntity, "reason-needed");
        (await manager.ConfirmAsync(favour.Id, "Paid in cash")).ExpectStatus("confirmed");
        (await anna.ConfirmAsync((await anna.HeldAsync(dear, from.AddDays(2))).Id, "I am in a hurry")).ExpectStatus("pending_approval");
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task A_request_may_be_made_for_what_begins_this_minute_and_is_answered_until_it_is_over(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var room = await admin.AddSpaceAsync(await platform.AddOpenPlaceAsync(), settings: new { needs_approval = true, prices = new { hourly = 10 } });
        platform.Clock.MoveTo(platform.Hour().AddMinutes(2));
        var from = platform.Hour(-2);

        var asked = (await anna.BookedAsync(room, from)).ExpectStatus("pending_approval");
        Assert.Equal(from.AddHours(1), asked["expires_at"].GetDateTimeOffset());
        platform.Clock.MoveTo(from.AddMinutes(50));
        // A payment is not waited for longer than there is something to pay for.
        var granted = (await admin.ApproveAsync(asked.Id)).ExpectStatus("awaiting_payment");
        Assert.Equal(from.AddHours(1), granted["expires_at"].GetDateTimeOffset());
        platform.Clock.MoveTo(from.AddHours(1));
        (await admin.ConfirmAsync(asked.Id, "Cash")).Expect(HttpStatusCode.Conflict, "hold-expired");

        // A hold may last until after the end; the booking cannot be had then.
        platform.Clock.MoveTo(platform.Hour().AddMinutes(-15));
        var brief = await anna.HeldAsync(await admin.AddSpaceAsync(await platform.AddOpenPlaceAsync(), settings: new { step_minutes = 5, min_minutes = 5 }), platform.Hour(-1).AddMinutes(-15), 1 / 12.0);
        platform.Clock.Advance(TimeSpan.FromMinutes(6));
        (await anna.ConfirmAsync(brief.Id)).Expect(HttpStatusCode.Conflict);
        await platform.RunJobAsync<ExpireLapsed>();
        await platform.InvariantsHoldAsync();
    }
}
