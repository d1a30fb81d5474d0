using System.Text.Json;
using Portico.Contracts.Auth;
using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Platform.Messaging;

namespace Portico.Notifications.Messages;

/// <summary>Which facts members are told of, and what is pointless to tell once others are true.</summary>
internal static class Notices
{
    private static readonly string[] BeforeItStands = [NotificationKinds.HoldExpiring, NotificationKinds.WaitingListOffer];

    private static readonly string[] WhileItStands =
        [.. BeforeItStands, NotificationKinds.BookingConfirmed, NotificationKinds.BookingChanged, NotificationKinds.BookingReminder];

    private static readonly Dictionary<string, string[]> Ends = new()
    {
        // A hold that is extended is told again, with its new end.
        [BookingHeld.Type] = BeforeItStands,
        [BookingAwaitsApproval.Type] = BeforeItStands,
        [BookingAwaitsPayment.Type] = BeforeItStands,
        [BookingConfirmed.Type] = BeforeItStands,
        [BookingChanged.Type] = [NotificationKinds.BookingReminder],
        [BookingCheckedIn.Type] = WhileItStands,
        [BookingCancelled.Type] = WhileItStands,
        [BookingExpired.Type] = WhileItStands,
        [BookingPaymentFailed.Type] = WhileItStands,
        [BookingNoShow.Type] = WhileItStands,
        [BookingCompleted.Type] = WhileItStands,
    };

    private static readonly Dictionary<string, Func<EventEnvelope, TimeSpan, Notice>> Tells = new()
    {
        [PasswordResetRequested.Type] = (fact, _) => OfReset(Read<PasswordResetRequested>(fact)),
        [BookingHeld.Type] = Held,
        [BookingConfirmed.Type] = (fact, _) => Of(NotificationKinds.BookingConfirmed, Read<BookingConfirmed>(fact).Booking),
        [BookingChanged.Type] = (fact, _) => Of(NotificationKinds.BookingChanged, Read<BookingChanged>(fact).Booking),
        [BookingReminder.Type] = (fact, _) => OfReminder(Read<BookingReminder>(fact).Booking),
        [BookingCancelled.Type] = (fact, _) => Of(NotificationKinds.BookingCancelled, Read<BookingCancelled>(fact).Booking),
        [BookingExpired.Type] = (fact, _) => Of(NotificationKinds.BookingExpired, Read<BookingExpired>(fact).Booking),
        [BookingPaymentFailed.Type] = (fact, _) => Of(NotificationKinds.PaymentFailed, Read<BookingPaymentFailed>(fact).Booking),
        [PaymentReminder.Type] = (fact, _) => new(NotificationKinds.PaymentReminder, Read<PaymentReminder>(fact).MemberId),
        [CollectionFailed.Type] = (fact, _) => new(NotificationKinds.CollectionFailed, Read<CollectionFailed>(fact).MemberId),
        [DocumentIssued.Type] = (fact, _) => new(NotificationKinds.Document, Read<DocumentIssued>(fact).MemberId),
        [PaymentRefunded.Type] = (fact, _) => new(NotificationKinds.Refund, Read<PaymentRefunded>(fact).MemberId),
        [RefundFailed.Type] = (fact, _) => new(NotificationKinds.RefundFailed, Read<RefundFailed>(fact).MemberId),
    };

    /// <summary>Null when it is of no member's concern.</summary>
    public static Notice? Of(EventEnvelope fact, TimeSpan beforeExpiry) => Tells.GetValueOrDefault(fact.Type)?.Invoke(fact, beforeExpiry);

    /// <summary>What need not be told of a booking any more, once the fact is true; null when it changes nothing.</summary>
    public static (Guid BookingId, string[] Kinds)? EndedBy(EventEnvelope fact)
    {
        if (!Ends.TryGetValue(fact.Type, out var kinds))
        {
            return null;
        }

        using var payload = JsonDocument.Parse(fact.Payload);
        return (payload.RootElement.GetProperty("booking").GetProperty("booking_id").GetGuid(), kinds);
    }

    public static TFact Read<TFact>(EventEnvelope fact) => Read<TFact>(fact.Payload);

    public static TFact Read<TFact>(string payload) => JsonSerializer.Deserialize<TFact>(payload, EventJson.Options)!;

    private static Notice OfReset(PasswordResetRequested asked) => new(NotificationKinds.PasswordReset, asked.UserId, UsefulUntil: asked.ExpiresAt);

    private static Notice OfReminder(BookedTime booking) => Of(NotificationKinds.BookingReminder, booking) with { UsefulUntil = booking.StartsAt };

    private static Notice Held(EventEnvelope fact, TimeSpan beforeExpiry)
    {
        var held = Read<BookingHeld>(fact);
        return held.Offered
            ? Of(NotificationKinds.WaitingListOffer, held.Booking) with { UsefulUntil = held.HeldUntil }
            : Of(NotificationKinds.HoldExpiring, held.Booking) with { DueAt = held.HeldUntil - beforeExpiry, UsefulUntil = held.HeldUntil };
    }

    private static Notice Of(string kind, BookedTime booking) => new(kind, booking.MemberId, booking.BookingId, booking.LocationId);
}
