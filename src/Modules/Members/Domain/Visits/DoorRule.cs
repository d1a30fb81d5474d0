namespace Portico.Members.Domain.Visits;

/// <summary>Somebody at a door: in if out, out if in.</summary>
/// <param name="ClosesAt">When the location closes after <paramref name="At"/>.</param>
internal sealed record Passage(Guid LocationId, DateTimeOffset At, DateTimeOffset ClosesAt);

/// <summary>A visit's end that is now known.</summary>
internal sealed record Ending(Guid VisitId, DateTimeOffset At, string ClosedBy);

/// <summary>A visit that begins at the passage, and its end where that is known already.</summary>
internal sealed record Beginning(DateTimeOffset? EndedAt, string? ClosedBy);

/// <summary>What a passage does to the member's visits: at most one ends and at most one begins.</summary>
internal sealed record DoorDecision(Ending? Ends, Beginning? Begins)
{
    /// <summary>It cannot be true together with what later scans were answered. People have to sort that out.</summary>
    public static readonly DoorDecision Conflict = new(null, null);
}

/// <summary>
/// What a passage means, in whatever order passages become known. One that comes late is put where it belongs, provided
/// that every later one keeps the answer it was given; so the visits are those that scans in order would have left.
/// </summary>
internal static class DoorRule
{
    /// <param name="current">The visit that the passage falls into: begun at or before it and not ended by then.</param>
    /// <param name="next">The first visit that began after it.</param>
    public static DoorDecision Decide(Passage passage, Visit? current, Visit? next)
    {
        var forgotten = current is { EndedAt: null } && current.ClosesAt <= passage.At;
        if (forgotten)
        {
            var begun = Begin(passage, next);
            return begun is null ? DoorDecision.Conflict : new(new(current!.Id, current.ClosesAt, VisitEnd.ClosingTime), begun);
        }

        if (current is null)
        {
            return Begin(passage, next) is { } begun ? new(null, begun) : DoorDecision.Conflict;
        }

        // Whoever left it on purpose later was told "out": with this passage before it that would have been "in".
        if (current.WasLeft || current.StartedAt >= passage.At)
        {
            return DoorDecision.Conflict;
        }

        if (current.LocationId == passage.LocationId)
        {
            return new(new(current.Id, passage.At, VisitEnd.Scan), null);
        }

        return Begin(passage, next) is { } elsewhere ? new(new(current.Id, passage.At, VisitEnd.Moved), elsewhere) : DoorDecision.Conflict;
    }

    /// <summary>
    /// What it means that somebody was seen inside, at no door: that they had come in, unless that is known or cannot be true.
    /// Null when it changes nothing.
    /// </summary>
    public static DoorDecision? SeenInside(Passage passage, Visit? current, Visit? next)
    {
        var isKnown = current is not null && current.LocationId == passage.LocationId && (current.EndedAt is not null || passage.At < current.ClosesAt);
        return isKnown || Decide(passage, current, next) is not { Begins: not null } begun ? null : begun;
    }

    private static Beginning? Begin(Passage passage, Visit? next)
    {
        if (next is null)
        {
            return new(null, null);
        }

        if (passage.ClosesAt <= next.StartedAt)
        {
            return new(passage.ClosesAt, VisitEnd.ClosingTime);
        }

        // The later one was told "in": at the same location it would have been "out".
        return next.LocationId == passage.LocationId ? null : new(next.StartedAt, VisitEnd.Moved);
    }
}
