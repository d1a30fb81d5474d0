namespace Portico.Contracts.Bookings;

/// <summary>A booking as it was when a fact about it became true. Part of every fact about bookings.</summary>
/// <param name="SpaceId">What was asked for; of a hot-desk area the area, and <paramref name="DeskId"/> the desk in it.</param>
/// <param name="TimeZone">Of the location: the zone in which people read the times.</param>
/// <param name="Total">What it costs, tax included, in <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="CreditHours">Hours of credit it uses.</param>
/// <param name="TaxPercent">The rate of the tax in it; null in facts of before it was told.</param>
public sealed record BookedTime(
    Guid BookingId,
    Guid MemberId,
    Guid LocationId,
    Guid SpaceId,
    Guid? DeskId,
    string SpaceName,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    string TimeZone,
    decimal Total,
    string Currency,
    decimal CreditHours,
    decimal? TaxPercent = null);

/// <summary>A slot is kept for a member until <paramref name="HeldUntil"/>.</summary>
/// <param name="Offered">It was not asked for now: the member's turn on the waiting list has come.</param>
public sealed record BookingHeld(BookedTime Booking, DateTimeOffset HeldUntil, bool Offered, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.held";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>A booking waits for a manager's word until <paramref name="ExpiresAt"/>; the slot stays kept.</summary>
public sealed record BookingAwaitsApproval(BookedTime Booking, DateTimeOffset ExpiresAt, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.awaits_approval";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>A booking waits for its payment until <paramref name="DueAt"/>; the slot stays kept.</summary>
public sealed record BookingAwaitsPayment(BookedTime Booking, DateTimeOffset DueAt, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.awaits_payment";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>A booking stands.</summary>
/// <param name="By"><c>payment</c>, <c>late_payment</c>, <c>zero_price</c> or <c>staff</c>.</param>
/// <param name="PaymentId">The payment that confirmed it, if one did.</param>
public sealed record BookingConfirmed(BookedTime Booking, string By, Guid? PaymentId, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.confirmed";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>A booking got another time, space or services.</summary>
/// <param name="Before">What it was.</param>
/// <param name="Difference">By how much its price rose; negative when it fell.</param>
/// <param name="GiveBack">What the member gets back of what was paid.</param>
public sealed record BookingChanged(BookedTime Booking, BookedTime Before, decimal Difference, decimal GiveBack, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.changed";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>A booking was called off; the slot is free.</summary>
/// <param name="Kept">What the operator keeps of the price, by the policy of the time of booking.</param>
/// <param name="GiveBack">What the member gets back of what was paid.</param>
/// <param name="By"><c>member</c>, <c>staff</c> or <c>system</c>.</param>
public sealed record BookingCancelled(BookedTime Booking, decimal Kept, decimal GiveBack, string By, string? Reason, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.cancelled";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>Nobody confirmed it in time; the slot is free.</summary>
/// <param name="Was">The status that lapsed: <c>held</c>, <c>pending_approval</c> or <c>awaiting_payment</c>.</param>
public sealed record BookingExpired(BookedTime Booking, string Was, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.expired";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>Its payment failed; the slot is free.</summary>
public sealed record BookingPaymentFailed(BookedTime Booking, string Reason, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.payment_failed";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>A payment came for a booking that cannot stand any more: it is to be given back, whole.</summary>
/// <param name="Reason">
/// <c>space-taken</c>, <c>service-out-of-stock</c>, <c>credits-exhausted</c> (others have meanwhile what it needs), <c>not-confirmed</c>,
/// <c>booking-cancelled</c>, <c>booking-over</c>, <c>booking-unknown</c>, <c>already-paid</c> or <c>wrong-amount</c>.
/// </param>
public sealed record BookingPaymentRefused(
    Guid BookingId, Guid MemberId, Guid PaymentId, decimal Amount, string Currency, string Reason, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.payment_refused";
    public static string Topic => "bookings";
    public Guid Key => MemberId;
}

/// <summary>A booking that stands is about to begin. Told once, and once more when it is moved.</summary>
public sealed record BookingReminder(BookedTime Booking, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.reminder";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>Somebody came for a booking.</summary>
/// <param name="How"><c>space_code</c>, <c>pass</c> or <c>staff</c>.</param>
/// <param name="VisitId">The visit it belongs to, when there was one already.</param>
public sealed record BookingCheckedIn(BookedTime Booking, string How, Guid? VisitId, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.checked_in";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>A booking is over. <paramref name="At"/> is earlier than its end when the member left early and freed the rest.</summary>
public sealed record BookingCompleted(BookedTime Booking, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.completed";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}

/// <summary>Nobody came; the rest of the slot is free.</summary>
public sealed record BookingNoShow(BookedTime Booking, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "booking.no_show";
    public static string Topic => "bookings";
    public Guid Key => Booking.MemberId;
}
