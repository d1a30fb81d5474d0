namespace Portico.Contracts.Members;

/// <summary>A member came in at a location: through its door, by hand, or by checking in to a booking there.</summary>
/// <param name="CheckedInAt">The door device's own time: a scan may be sent hours later, and this fact with it.</param>
/// <param name="Role">Of the account, one of <see cref="Auth.Roles"/>: staff come in too. Null in facts of before it was told.</param>
public sealed record MemberCheckedIn(Guid VisitId, Guid MemberId, Guid LocationId, DateTimeOffset CheckedInAt, string? Role = null) : IIntegrationEvent
{
    public static string Type => "member.checked_in";
    public static string Topic => "members";
    public Guid Key => MemberId;
}

/// <summary>
/// A member's visit ended. Told again with an earlier time when a scan that came late shows that a visit thought forgotten was not.
/// </summary>
/// <param name="ClosedBy">
/// <c>scan</c>, <c>staff</c>, <c>moved</c> (came in elsewhere), <c>closing_time</c> (the member forgot) or <c>account_deleted</c>.
/// </param>
public sealed record MemberCheckedOut(
    Guid VisitId, Guid MemberId, Guid LocationId, DateTimeOffset CheckedOutAt, string ClosedBy) : IIntegrationEvent
{
    public static string Type => "member.checked_out";
    public static string Topic => "members";
    public Guid Key => MemberId;
}
