using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Bookings.Messages;

/// <summary>
/// A payment confirms what waited for it. One that came too late is honoured while nobody else has the slot; any other is
/// refused, so that Payments gives it back.
/// </summary>
internal sealed class TakePayment(TimeProvider time) : IHandleEvent<PaymentSucceeded>
{
    public async Task HandleAsync(PaymentSucceeded fact, Change change, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var space = await change.FindAsync<Slot>(
            "select location_id, coalesce(desk_id, space_id) as taken_id from bookings where id = @BookingId", fact, cancellationToken);
        if (space is null)
        {
            Refuse(change, fact, "booking-unknown", now);
            return;
        }

        // The slot may have to be taken again: its locks come before the booking's.
        var services = await change.OrderedAsync(fact.BookingId, cancellationToken);
        await change.LockAsync(space.LocationId, [space.TakenId], cancellationToken);
        await change.LockAsync([.. services.Select(service => service.AmenityId)], cancellationToken);
        var booking = (await change.LockBookingAsync("bookings.id = @BookingId", fact, cancellationToken))!;
        var (taken, reason) = await TakeAsync(change, booking, services, fact, now, cancellationToken);
        if (taken is null)
        {
            Refuse(change, fact, reason!, now);
            return;
        }

        var paid = taken with { Paid = booking.Paid + fact.Amount };
        var act = booking.State is BookingStatus.AwaitingPayment ? BookingAct.Pay : BookingAct.LatePay;
        if (await change.StepAsync(paid, new(act, null, null, now), null, cancellationToken) is { } confirmed)
        {
            change.Announce(confirmed, act is BookingAct.Pay ? "payment" : "late_payment", now, fact.PaymentId);
            return;
        }

        // It stands already: what was still owed is less now.
        await change.ExecuteAsync("update bookings set paid = @Paid where id = @Id", paid, cancellationToken);
    }

    /// <summary>The booking that the payment is for, with its slot; or why the payment is to be given back.</summary>
    private static async Task<(BookingRow? Taken, string? Refusal)> TakeAsync(
        Change change, BookingRow booking, IReadOnlyList<OrderedService> services, PaymentSucceeded fact, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (booking.Owed == 0)
        {
            return (null, booking.State is BookingStatus.Cancelled ? "booking-cancelled" : "already-paid");
        }

        if (fact.Amount != booking.Owed || fact.Currency != booking.Currency)
        {
            return (null, "wrong-amount");
        }

        return booking.State switch
        {
            BookingStatus.Held or BookingStatus.PendingApproval => (null, "not-confirmed"),
            BookingStatus.AwaitingPayment or BookingStatus.Expired or BookingStatus.PaymentFailed when booking.EndsAt <= now => (null, "booking-over"),
            // It lapsed before its owner confirmed it, or staff agreed to it: paying is no way around them.
            BookingStatus.Expired when !await WasToBePaidAsync(change, booking, cancellationToken) => (null, "not-confirmed"),
            BookingStatus.Expired or BookingStatus.PaymentFailed => await TakeAgainAsync(change, booking, services, now, cancellationToken),
            _ => (booking, null),
        };
    }

    private static Task<bool> WasToBePaidAsync(Change change, BookingRow booking, CancellationToken cancellationToken) => change.FindAsync<bool>(
        "select exists (select from floor_changes where booking_id = @Id and to_status = 'awaiting_payment')", booking, cancellationToken);

    /// <summary>Takes the slot, or another desk of its area, the services and the credits again, or says what others have meanwhile.</summary>
    private static async Task<(BookingRow? Taken, string? Refusal)> TakeAgainAsync(
        Change change, BookingRow booking, IReadOnlyList<OrderedService> services, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var candidates = await change.CandidatesAsync(booking.SpaceId, booking.DeskId is not null, cancellationToken);
        var inTheWay = await change.InTheWayAsync(booking.SpaceId, candidates, booking.StartsAt, booking.EndsAt, null, cancellationToken);
        var taken = await change.LetLapseAsync(inTheWay, now, cancellationToken);
        var chosen = candidates.OrderByDescending(candidate => candidate == booking.TakenId)
            .FirstOrDefault(candidate => taken.TrueForAll(time => time.SpaceId != candidate));
        if (chosen == Guid.Empty)
        {
            return (null, "space-taken");
        }

        if (await change.ShortageAsync(services, booking.StartsAt, booking.EndsAt, null, now, cancellationToken) is not null)
        {
            return (null, "service-out-of-stock");
        }

        if (!await UseCreditsAgainAsync(change, booking, now, cancellationToken))
        {
            return (null, "credits-exhausted");
        }

        var again = booking with { DeskId = booking.DeskId is null ? null : chosen };
        await change.ExecuteAsync($"update bookings set desk_id = @DeskId where id = @Id; {Claims.Claim}", again, cancellationToken);
        await change.OrderAsync(again, services, cancellationToken);
        return (again, null);
    }

    private static async Task<bool> UseCreditsAgainAsync(Change change, BookingRow booking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (booking.CreditHours == 0)
        {
            return true;
        }

        var payer = (await Credits.PayerOfAsync(change, booking.MemberId, cancellationToken))!;
        var month = CreditMonth.Of(booking.StartsAt, TimeZoneInfo.FindSystemTimeZoneById(booking.TimeZone));
        if (await Credits.BalanceAsync(change, payer, month, now, cancellationToken) < booking.CreditHours)
        {
            return false;
        }

        await Credits.UseAsync(change, payer, month, booking.CreditHours, booking.Id, null, now, cancellationToken);
        return true;
    }

    private static void Refuse(Change change, PaymentSucceeded fact, string reason, DateTimeOffset now) => change.Publish(
        new BookingPaymentRefused(fact.BookingId, fact.MemberId, fact.PaymentId, fact.Amount, fact.Currency, reason, now));

    private sealed record Slot(Guid LocationId, Guid TakenId);
}
