using Portico.Bookings.Schedules;
using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Tests.Behaviour.Delivery;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class PaymentTests
{
    [Theory, InBothShapes]
    public async Task A_late_payment_is_honoured_while_the_room_is_free(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var place = await platform.AddOpenPlaceAsync();
        var room = await admin.AddSpaceAsync(place, settings: new { prices = new { hourly = 10 }, buffer_after_minutes = 30 });
        var projector = await platform.AddServiceAsync(place, 5, stock: 1);
        var from = platform.Hour();
        var first = await DearAsync(anna, room, from, projector);

        // Noticed by nobody, and noticed by somebody who looked at the time beside it.
        platform.Clock.Advance(BookingSteps.PayWithin);
        await platform.PayAsync(first);
        Assert.Equal("confirmed", await anna.StatusAsync(first.Id));
        var second = await DearAsync(anna, room, from.AddHours(3), projector);
        platform.Clock.Advance(BookingSteps.PayWithin);
        (await anna.ConfirmAsync(second.Id)).Expect(HttpStatusCode.Conflict, "hold-expired");
        await platform.PayAsync(second);
        Assert.Equal(("confirmed", 0m), (await anna.StatusAsync(second.Id), (await anna.ShownAsync(second.Id))["owed"].GetDecimal()));
        (await berta.HoldAsync(room, from.AddHours(4), from.AddHours(5))).Expect(HttpStatusCode.Conflict, "space-taken");
        await platform.ToldAsync("bookings", anna.Id);
        Assert.Equal(["payment", "late_payment"], ear.Heard<BookingConfirmed>().Select(fact => fact.By));
        Assert.Empty(ear.Heard<BookingPaymentRefused>());

        // A failed one is paid by another card.
        var third = await DearAsync(anna, room, from.AddHours(6), projector);
        await platform.FailPaymentAsync(third);
        await platform.PayAsync(third);
        Assert.Equal("confirmed", await anna.StatusAsync(third.Id));
        await platform.InvariantsHoldAsync();
    }

    [Theory, InBothShapes]
    public async Task A_payment_that_cannot_be_honoured_is_refused_so_that_it_is_given_back(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var (admin, anna, berta) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var place = await platform.AddOpenPlaceAsync();
        var dear = new { prices = new { hourly = 10 } };
        var (room, other) = (await admin.AddSpaceAsync(place, settings: dear), await admin.AddSpaceAsync(place, settings: dear));
        var (projector, from) = (await platform.AddServiceAsync(place, 5, stock: 1), platform.Hour(5));

        var held = await anna.HeldAsync(room, from.AddHours(1));
        await RefusedAsync("not-confirmed", held);
        var unpaid = (await anna.ConfirmAsync(held.Id)).ExpectStatus("awaiting_payment");
        await RefusedAsync("wrong-amount", unpaid, 9.99m);
        await RefusedAsync("wrong-amount", unpaid, currency: "USD");
        await platform.PayAsync(unpaid);
        await RefusedAsync("already-paid", unpaid);
        (await anna.CancelAsync(unpaid.Id)).ExpectStatus("cancelled");
        await RefusedAsync("booking-cancelled", unpaid);
        var unknown = platform.PaymentFor(unpaid) with { BookingId = Guid.CreateVersion7() };
        await HeardAsync("booking-unknown", unknown, unknown.BookingId);

        // Others have the room; others have the projector.
        var (late, poor) = (await DearAsync(anna, room, from), await DearAsync(anna, room, from.AddHours(1), projector));
        platform.Clock.Advance(BookingSteps.PayWithin);
        var winner = await berta.HeldAsync(room, from);
        await DearAsync(berta, other, from.AddHours(1), projector);
        await RefusedAsync("space-taken", late);
        await RefusedAsync("service-out-of-stock", poor);
        Assert.Equal(("held", "expired", "expired"), (await berta.StatusAsync(winner.Id), await anna.StatusAsync(late.Id), await anna.StatusAsync(poor.Id)));

        // Lapsed before it was confirmed.
        var neverConfirmed = await anna.HeldAsync(room, from.AddHours(1));
        platform.Clock.Advance(BookingSteps.HoldFor);
        await platform.RunJobAsync<ExpireLapsed>();
        await RefusedAsync("not-confirmed", neverConfirmed);

        // Over: whether somebody noticed that it lapsed or not.
        var (noticed, unnoticed) = (await DearAsync(anna, room, from.AddHours(2)), await DearAsync(anna, other, from.AddHours(2)));
        platform.Clock.MoveTo(from.AddHours(3));
        (await anna.ConfirmAsync(noticed.Id)).Expect(HttpStatusCode.Conflict, "hold-expired");
        await RefusedAsync("booking-over", noticed);
        await RefusedAsync("booking-over", unnoticed);
        Assert.Equal(("expired", "expired"), (await anna.StatusAsync(noticed.Id), await anna.StatusAsync(unnoticed.Id)));
        await platform.InvariantsHoldAsync();

        async Task RefusedAsync(string reason, Answer booking, decimal? amount = null, string currency = "EUR")
        {
            var payment = platform.PaymentFor(booking, amount, currency);
            await HeardAsync(reason, payment, booking.Id);
        }

        async Task HeardAsync(string reason, PaymentSucceeded payment, Guid booking)
        {
            await platform.SayAsync(payment);
            await Eventually.TrueAsync(
                () => Task.FromResult(ear.Heard<BookingPaymentRefused>().Any(refusal => refusal.PaymentId == payment.PaymentId)), $"{reason} is not told");
            var told = Assert.Single(ear.Heard<BookingPaymentRefused>(), refusal => refusal.PaymentId == payment.PaymentId);
            Assert.Equal((reason, booking, payment.Amount, payment.Currency), (told.Reason, told.BookingId, told.Amount, told.Currency));
        }
    }

    [Theory, InBothShapes]
    public async Task A_payment_told_again_changes_nothing(Shape shape)
    {
        var ear = new Ear();
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand, ear.Listen);
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddOpenPlaceAsync(), settings: new { prices = new { hourly = 10 } });
        var booking = await DearAsync(anna, room, platform.Hour());
        var (id, payment) = (Guid.CreateVersion7(), platform.PaymentFor(booking));

        for (var time = 0; time < 3; time++)
        {
            await platform.DeliverAsync(platform.AddressOf("bookings"), id, payment);
        }

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => platform.DeliverAsync(platform.AddressOf("bookings"), id, payment)));
        await ear.OnlyAsync<BookingConfirmed>();
        await platform.ToldAsync("bookings", anna.Id);
        Assert.Empty(ear.Heard<BookingPaymentRefused>());
        Assert.Equal(["hold", "confirm", "pay"], (await anna.ChangesAsync(booking.Id)).Select(change => change.GetProperty("act").GetString()));
        Assert.Equal([10m], await platform.QueryAsync<decimal>("bookings", "select paid from bookings"));
    }

    [Fact]
    public async Task A_late_payment_for_any_desk_of_an_area_gets_another_desk_when_the_first_one_is_taken()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, BookingSteps.ByHand);
        var (admin, anna, berta, place) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.AddOpenPlaceAsync());
        var (area, desks) = await admin.AddAreaAsync(place, 2);
        await platform.ExecuteAsync("bookings", """update spaces set prices = '{"hourly": 5}' where id = @area""", new { area });
        var from = platform.Hour();
        var late = await DearAsync(anna, area, from);
        platform.Clock.Advance(BookingSteps.PayWithin);
        await berta.HeldAsync(late["desk"].GetProperty("id").GetGuid(), from);

        await platform.PayAsync(late);
        var honoured = (await anna.ShownAsync(late.Id)).ExpectStatus("confirmed");
        Assert.Equal(Assert.Single(desks, desk => desk != late["desk"].GetProperty("id").GetGuid()), honoured["desk"].GetProperty("id").GetGuid());
        (await berta.HoldAsync(area, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        await platform.InvariantsHoldAsync();
    }

    /// <summary>Confirmed, and not paid yet.</summary>
    private static async Task<Answer> DearAsync(Person person, Guid room, DateTimeOffset from, Guid? service = null)
    {
        var ordered = service is { } id ? [new { amenity_id = id, quantity = 1 }] : Array.Empty<object>();
        var held = (await person.PostAsync("/api/bookings", new { space_id = room, starts_at = from, ends_at = from.AddHours(1), services = ordered })).Expect(HttpStatusCode.Created);
        return (await person.ConfirmAsync(held.Id)).ExpectStatus("awaiting_payment");
    }
}
