namespace Portico.Notifications;

/// <summary>What members are told of, by the word that preferences and answers know it by.</summary>
internal static class NotificationKinds
{
    public const string PasswordReset = "password_reset";
    public const string BookingConfirmed = "booking_confirmed";
    public const string BookingChanged = "booking_changed";
    public const string BookingReminder = "booking_reminder";
    public const string BookingCancelled = "booking_cancelled";
    public const string BookingExpired = "booking_expired";
    public const string HoldExpiring = "hold_expiring";
    public const string WaitingListOffer = "waiting_list_offer";
    public const string PaymentFailed = "payment_failed";
    public const string PaymentReminder = "payment_reminder";
    public const string CollectionFailed = "collection_failed";
    public const string Document = "receipt";
    public const string Refund = "refund";
    public const string RefundFailed = "refund_failed";

    /// <summary>For administrators.</summary>
    public const string WebhookDisabled = "webhook_disabled";

    public static readonly IReadOnlyList<string> All =
    [
        PasswordReset, BookingConfirmed, BookingChanged, BookingReminder, BookingCancelled, BookingExpired, HoldExpiring, WaitingListOffer,
        PaymentFailed, PaymentReminder, CollectionFailed, Document, Refund, RefundFailed, WebhookDisabled,
    ];

    /// <summary>By mail and no other way, and whether its member likes it or not.</summary>
    public static bool IsMailOnly(string kind) => kind == PasswordReset;

    /// <summary>Whether it comes with the booking's calendar entry.</summary>
    public static bool HasCalendar(string kind) => kind is BookingConfirmed or BookingChanged or BookingReminder;
}
