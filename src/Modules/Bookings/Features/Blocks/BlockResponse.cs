using Portico.Bookings.Features.Bookings;

namespace Portico.Bookings.Features.Blocks;

/// <summary>Time of a space that nobody can book: maintenance, for instance.</summary>
/// <param name="LiftedAt">Since when it blocks nothing any more; null while it does.</param>
public sealed record BlockResponse(
    Guid Id, Guid LocationId, NamedPlace Space, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason, Guid CreatedBy, DateTimeOffset CreatedAt,
    DateTimeOffset? LiftedAt)
{
    /// <summary>What became of the bookings that were in its way. Told when it is made; null in lists.</summary>
    public IReadOnlyList<DisplacedBooking>? Bookings { get; init; }
}

/// <summary>What a block did to a booking.</summary>
public enum Displacement
{
    /// <summary>It has another space, at the same time and price.</summary>
    Moved,

    /// <summary>It was called off, and its owner gets everything back.</summary>
    Cancelled,
}

/// <param name="Space">Where it is now; of a cancelled one, where it was.</param>
public sealed record DisplacedBooking(Guid Id, string Reference, Guid MemberId, Displacement Outcome, NamedPlace Space, NamedPlace? Desk);
