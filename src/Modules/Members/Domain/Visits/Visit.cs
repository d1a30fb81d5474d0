namespace Portico.Members.Domain.Visits;

/// <summary>One member's stay at one location.</summary>
/// <param name="ClosesAt">When the house ends it if nobody does: <see cref="ClosingTime"/> after <paramref name="StartedAt"/>.</param>
internal sealed record Visit(Guid Id, Guid LocationId, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? ClosedBy, DateTimeOffset ClosesAt)
{
    /// <summary>Whether somebody ended it on purpose. Other ends only follow from what was known then.</summary>
    public bool WasLeft => ClosedBy is VisitEnd.Scan or VisitEnd.Staff or VisitEnd.AccountDeleted;
}

/// <summary>Why a visit ended.</summary>
internal static class VisitEnd
{
    public const string Scan = "scan";
    public const string Staff = "staff";
    public const string Moved = "moved";
    public const string ClosingTime = "closing_time";
    public const string AccountDeleted = "account_deleted";
}
