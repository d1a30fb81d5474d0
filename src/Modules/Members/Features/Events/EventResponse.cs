using Portico.Members.Data;
using Portico.Members.Domain.Attendance;

namespace Portico.Members.Features.Events;

/// <summary>An event.</summary>
/// <param name="TimeZone">IANA name; "today" and what people read on their screens go by it.</param>
/// <param name="CheckInOpensAt">From then on it takes scans.</param>
/// <param name="CheckInClosesAt">From then on it takes none.</param>
/// <param name="LateAfterMinutes">Who scans later than this after the start is late.</param>
/// <param name="Capacity">How many may be there; null when it does not matter.</param>
public sealed record EventResponse(
    Guid Id, Guid LocationId, string Name, string Place, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone,
    int CheckInOpensMinutesBefore, DateTimeOffset CheckInOpensAt, int CheckInClosesMinutesAfter, DateTimeOffset CheckInClosesAt,
    int LateAfterMinutes, int? Capacity, RosterKind Roster, EventState State, DateTimeOffset? CancelledAt, string? CancelReason, DateTimeOffset? ClosedAt)
{
    internal static EventResponse Of(EventRow row)
    {
        var plan = row.Plan;
        return new(
            row.Id, row.LocationId, row.Name, row.Place, row.StartsAt, row.EndsAt, row.TimeZone,
            plan.OpensMinutesBefore, row.CheckInOpensAt, plan.ClosesMinutesAfter, row.CheckInClosesAt,
            plan.LateAfterMinutes, row.Capacity, row.Roster, row.State, row.CancelledAt, row.CancelReason, row.ClosedAt);
    }
}
