namespace Portico.Bookings.Domain.Spaces;

/// <summary>What a space is.</summary>
public enum SpaceKind
{
    Desk,
    Room,
    Office,
    EventHall,

    /// <summary>Desks that are booked as any of them.</summary>
    HotDeskArea,
}
