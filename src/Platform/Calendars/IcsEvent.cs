namespace Portico.Platform.Calendars;

/// <summary>STATUS of RFC 5545, in its words.</summary>
public enum IcsStatus
{
    Confirmed,
    Tentative,
    Cancelled,
}

/// <summary>Something in a calendar.</summary>
/// <param name="Id">Stays: by it a program knows the event again.</param>
/// <param name="Sequence">How often it has changed.</param>
/// <param name="ChangedAt">When it last did.</param>
public sealed record IcsEvent(
    Guid Id, int Sequence, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset ChangedAt, IcsStatus Status, string Summary,
    string Location, string Description);
