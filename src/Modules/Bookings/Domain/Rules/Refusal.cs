namespace Portico.Bookings.Domain.Rules;

/// <summary>Which rule a booking breaks.</summary>
public enum RefusalReason
{
    /// <summary>The location is not open all that time, or, for more than a day, not when it begins or ends.</summary>
    Closed,

    /// <summary>It is shorter than bookings of this space are.</summary>
    TooShort,

    /// <summary>It is longer than bookings of this space are, or than any booking is.</summary>
    TooLong,

    /// <summary>It begins or ends between the times at which bookings of this space do.</summary>
    WrongStep,

    /// <summary>It starts sooner than the space can be made ready.</summary>
    TooSoon,

    /// <summary>It starts later than bookings are taken for.</summary>
    TooFarAhead,

    /// <summary>It has begun already.</summary>
    InThePast,

    /// <summary>More people than may be in the space.</summary>
    Capacity,

    /// <summary>Whoever asks, or whoever it is for, is not among those who may book the space.</summary>
    NotYours,

    /// <summary>The space is not booked any more.</summary>
    Retired,

    /// <summary>The space cannot be booked now.</summary>
    OutOfService,
}

/// <summary>Why a booking is not allowed.</summary>
/// <param name="Detail">For the member, in a sentence.</param>
/// <param name="Limit">What the rule says, if it is a number: minutes of lengths, steps and lead times, days ahead, people.</param>
/// <param name="FirstAllowed">
/// The first start, from the one asked for, at which opening hours, step, lead time and horizon would allow a booking of
/// that length; somebody may have booked it.
/// </param>
public sealed record Refusal(RefusalReason Reason, string Detail, int? Limit = null, DateTimeOffset? FirstAllowed = null);
