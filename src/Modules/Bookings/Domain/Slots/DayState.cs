namespace Portico.Bookings.Domain.Slots;

/// <summary>What a day is like for whoever wants to book.</summary>
public enum DayState
{
    /// <summary>A booking can begin on it.</summary>
    Free,

    /// <summary>It is open and could be booked, but others have the time.</summary>
    Full,

    /// <summary>It is over, or too near or too far ahead to be booked now.</summary>
    NotBookable,

    /// <summary>The location does not open.</summary>
    Closed,
}
