using Portico.Contracts.Members;
using Portico.Members.Domain.Visits;
using Portico.Platform.Data;

namespace Portico.Members.Data;

/// <summary>Whose visits are about to change.</summary>
/// <param name="Name">As others know them: the full name, or the username.</param>
internal sealed record Visitor(Guid Id, string Name, string Role, string Status, DateTimeOffset? SuspendedAt)
{
    /// <summary>A pass shown before the account was suspended still says where its owner was.</summary>
    public bool WasSuspendedAt(DateTimeOffset instant) => Status == "deleted" || (Status == "suspended" && SuspendedAt <= instant);
}

/// <summary>Who began or ended a visit, and why when it was done by hand.</summary>
internal sealed record Actor(string Kind, Guid Id, string? Reason)
{
    public static Actor Kiosk(Guid id) => new("scan", id, null);

    public static Actor Staff(Guid id, string reason) => new("staff", id, reason);

    /// <summary>Nobody in particular: the member checked in to this booking.</summary>
    public static Actor Booking(Guid id) => new("booking", id, null);
}

/// <summary>Reads and changes one member's visits. The member is locked first: those who race queue there.</summary>
internal static class VisitSql
{
    /// <summary>How a member is called, in SQL over <c>profiles</c>.</summary>
    public const string MemberName = "coalesce(nullif(concat_ws(' ', profiles.name, profiles.surname), ''), profiles.username)";

    public static Task<Visitor?> LockVisitorAsync(this Change change, Guid memberId, CancellationToken cancellationToken) =>
        change.FindAsync<Visitor>(
            $"select id, {MemberName} as name, role, status, suspended_at from profiles where id = @memberId for no key update",
            new { memberId }, cancellationToken);

    /// <summary>The visit that an instant falls into, and the first one that begins after it.</summary>
    public static async Task<(Visit? Current, Visit? Next)> VisitsAroundAsync(
        this Change change, Guid memberId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var rows = await change.QueryAsync<VisitRow>(
            """
            select visit.id, visit.location_id, visit.started_at, visit.ended_at, visit.closed_by, place.time_zone, place.closes_at
            from (
                (select * from visits where member_id = @memberId and started_at <= @at order by started_at desc limit 1)
                union all
                (select * from visits where member_id = @memberId and started_at > @at order by started_at limit 1)
            ) as visit
            join locations as place on place.id = visit.location_id
            where visit.ended_at is null or visit.ended_at > @at
            """, new { memberId, at }, cancellationToken);
        return (rows.FirstOrDefault(row => row.StartedAt <= at)?.Visit, rows.FirstOrDefault(row => row.StartedAt > at)?.Visit);
    }

    /// <summary>A visit that is known to exist.</summary>
    public static async Task<Visit> FindVisitAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        (await change.FindAsync<VisitRow>(
            """
            select visit.id, visit.location_id, visit.started_at, visit.ended_at, visit.closed_by, place.time_zone, place.closes_at
            from visits as visit
            join locations as place on place.id = visit.location_id
            where visit.id = @id
            """, new { id }, cancellationToken))!.Visit;

    public static async Task EndAsync(
        this Change change, Guid memberId, Visit visit, DateTimeOffset at, string closedBy, Actor? by, CancellationToken cancellationToken)
    {
        await change.ExecuteAsync(
            "update visits set ended_at = @at, closed_by = @closedBy, closed_by_id = @by, closing_reason = @reason where id = @Id",
            new { visit.Id, at, closedBy, by = by?.Id, reason = closedBy == VisitEnd.Staff ? by?.Reason : null }, cancellationToken);
        change.Publish(new MemberCheckedOut(visit.Id, memberId, visit.LocationId, at, closedBy));
    }

    public static async Task BeginAsync(
        this Change change, Guid visitId, Guid memberId, Passage passage, Beginning begins, Actor by, CancellationToken cancellationToken)
    {
        var role = await change.FindAsync<string>(
            """
            insert into visits (id, member_id, location_id, started_at, ended_at, opened_by, opened_by_id, opening_reason, closed_by)
            values (@visitId, @memberId, @LocationId, @At, @EndedAt, @Kind, @Id, @Reason, @ClosedBy)
            returning (select role from profiles where profiles.id = visits.member_id)
            """,
            new { visitId, memberId, passage.LocationId, passage.At, begins.EndedAt, by.Kind, by.Id, by.Reason, begins.ClosedBy }, cancellationToken);
        change.Publish(new MemberCheckedIn(visitId, memberId, passage.LocationId, passage.At, role));
        if (begins.EndedAt is { } endedAt)
        {
            change.Publish(new MemberCheckedOut(visitId, memberId, passage.LocationId, endedAt, begins.ClosedBy!));
        }
    }

    private sealed record VisitRow(
        Guid Id, Guid LocationId, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? ClosedBy, string TimeZone, TimeOnly ClosesAt)
    {
        public Visit Visit => new(Id, LocationId, StartedAt, EndedAt, ClosedBy, ClosingTime.After(StartedAt, TimeZone, ClosesAt));
    }
}
