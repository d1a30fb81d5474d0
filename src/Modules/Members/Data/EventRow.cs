using Portico.Members.Domain.Attendance;

namespace Portico.Members.Data;

internal sealed record EventRow(
    Guid Id, Guid LocationId, string Name, string Place, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone,
    DateTimeOffset CheckInOpensAt, DateTimeOffset LateAfter, DateTimeOffset CheckInClosesAt, RosterKind Roster, int? Capacity,
    DateTimeOffset? CancelledAt, string? CancelReason, DateTimeOffset? ClosedAt)
{
    /// <summary>In the order of the constructor, which is how Dapper reads it.</summary>
    public const string Columns =
        """
        id, location_id, name, place, starts_at, ends_at, time_zone,
        check_in_opens_at, late_after, check_in_closes_at, roster, capacity, cancelled_at, cancel_reason, closed_at
        """;

    public EventState State => this switch
    {
        { CancelledAt: not null } => EventState.Cancelled,
        { ClosedAt: not null } => EventState.Closed,
        _ => EventState.Scheduled,
    };

    public EventPlan Plan => new(
        StartsAt, EndsAt, TimeZone,
        Minutes(StartsAt - CheckInOpensAt), Minutes(CheckInClosesAt - EndsAt), Minutes(LateAfter - StartsAt));

    private static int Minutes(TimeSpan span) => (int)span.TotalMinutes;
}
