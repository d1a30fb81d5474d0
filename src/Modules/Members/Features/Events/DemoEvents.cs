using Portico.Contracts.Demo;
using Portico.Contracts.Members;
using Portico.Members.Domain.Attendance;
using Portico.Platform.Data;
using Portico.Platform.Modules;
using Portico.Platform.Time;

namespace Portico.Members.Features.Events;

/// <summary>
/// Demonstration events at those of the demonstration locations that are there: one going on now, some to come, and a
/// series that is over, with an attendance that gives the statistics something to say.
/// </summary>
internal sealed class DemoEvents(Database<MembersModule> database, TimeProvider time) : IDemoData
{
    private const string Rome = "Europe/Rome";

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        foreach (var demo in Events(now))
        {
            // Found again: it and whatever has become of it since stay as they are.
            if (await InsertAsync(change, demo, now, cancellationToken) == 0)
            {
                continue;
            }

            await change.ExecuteAsync(
                "insert into event_roster (event_id, member_id, added_by, added_at) select @Id, member, @by, @now from unnest(@members) as member",
                new { demo.Id, by = DemoPeople.Marta.Id, now, members = demo.Expected.Select(person => person.Id).ToArray() }, cancellationToken);
            if (demo.Plan.EndsAt <= now)
            {
                await AttendAsync(change, demo, cancellationToken);
            }
        }

        await change.CommitAsync(cancellationToken);
    }

    private static IEnumerable<DemoEvent> Events(DateTimeOffset now)
    {
        var people = DemoPeople.Members;
        yield return new(1, DemoPlaces.Milano, "Open house", "Ground floor", Plan(now.AddMinutes(-10), hours: 4, Rome, lateAfter: 30), 80, []);
        yield return new(2, DemoPlaces.Torino, "Breakfast talk: working across time zones", "Kitchen", Plan(At(now, 1, 9, Rome), hours: 2, Rome), null, []);
        yield return new(3, DemoPlaces.Milano, "Workshop: prices that hold", "Room Duomo", Plan(At(now, 3, 14, Rome), hours: 3, Rome), 8, people.Take(8));
        yield return new(4, DemoPlaces.NewYork, "Founders' evening", "Roof", Plan(At(now, 5, 18, "America/New_York"), hours: 3, "America/New_York"), 40, people.Skip(6));
        for (var week = 1; week <= 4; week++)
        {
            yield return new(
                10 + week, DemoPlaces.Milano, "Founders' table", "Room Navigli", Plan(At(now, -7 * week, 10, Rome), hours: 1, Rome), null, people.Take(9));
        }
    }

    private static EventPlan Plan(DateTimeOffset startsAt, int hours, string zone, int lateAfter = EventPlan.DefaultLateAfterMinutes) =>
        new(startsAt, startsAt.AddHours(hours), zone, EventPlan.DefaultOpensMinutesBefore, 0, lateAfter);

    // By the clock on the wall there, whatever the season.
    private static DateTimeOffset At(DateTimeOffset now, int days, int hour, string zoneName)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        var local = LocalDay.Of(now, zone).AddDays(days).ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static Task<int> InsertAsync(Change change, DemoEvent demo, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var window = CheckInWindow.Of(demo.Plan);
        return change.ExecuteAsync(
            """
            insert into events (
                id, location_id, name, place, starts_at, ends_at, time_zone, check_in_opens_at, late_after, check_in_closes_at,
                roster, capacity, seats_taken, created_by, created_at, closed_at)
            select @Id, @LocationId, @Name, @Place, @StartsAt, @EndsAt, @TimeZone, @OpensAt, @LateAfter, @ClosesAt,
                   @roster, @Capacity, case when @Capacity::int is not null then 0 end, @by, @now, @closedAt
            from locations where locations.id = @LocationId
            on conflict (id) do nothing
            """,
            new
            {
                demo.Id, demo.LocationId, demo.Name, demo.Place, demo.Plan.StartsAt, demo.Plan.EndsAt, demo.Plan.TimeZone,
                window.OpensAt, window.LateAfter, window.ClosesAt, demo.Capacity, by = DemoPeople.Marta.Id, now,
                roster = (demo.Expected.Any() ? RosterKind.Selected : RosterKind.Open).Word(),
                closedAt = window.ClosesAt <= now ? window.ClosesAt : (DateTimeOffset?)null,
            },
            cancellationToken);
    }

    private static async Task AttendAsync(Change change, DemoEvent demo, CancellationToken cancellationToken)
    {
        foreach (var (nth, person) in demo.Expected.Index())
        {
            var (status, source, at) = Outcome(demo, nth);
            await change.ExecuteAsync(
                """
                insert into attendance (event_id, member_id, status, source, scanned_at, recorded_at, recorded_by, reason_kind)
                values (@eventId, @memberId, @status, @source, @scannedAt, @at, @by, @reason)
                """,
                new
                {
                    eventId = demo.Id, memberId = person.Id, status = status.Word(), source = source.Word(), at,
                    scannedAt = source is AttendanceSource.Scan ? at : (DateTimeOffset?)null,
                    by = source is AttendanceSource.Staff ? DemoPeople.Marta.Id : (Guid?)null,
                    reason = status is AttendanceStatus.Excused ? ExcuseKind.Illness.Word() : null,
                },
                cancellationToken);
            if (source is AttendanceSource.Staff)
            {
                await change.ExecuteAsync(
                    """
                    insert into attendance_changes (id, event_id, member_id, to_status, source, reason_kind, changed_by, changed_at)
                    values (@id, @eventId, @memberId, 'excused', 'staff', 'illness', @by, @at)
                    """, new { id = Guid.CreateVersion7(at), eventId = demo.Id, memberId = person.Id, by = DemoPeople.Marta.Id, at }, cancellationToken);
            }

            change.Publish(new AttendanceRecorded(demo.Id, person.Id, status.Word(), source.Word(), at));
        }
    }

    // Not drawn by lot, so that every installation shows the same figures.
    private static (AttendanceStatus Status, AttendanceSource Source, DateTimeOffset At) Outcome(DemoEvent demo, int nth) =>
        ((demo.Number + nth) % 7) switch
        {
            0 => (AttendanceStatus.Absent, AttendanceSource.Close, demo.Plan.EndsAt),
            1 => (AttendanceStatus.Excused, AttendanceSource.Staff, demo.Plan.StartsAt.AddHours(-2)),
            2 => (AttendanceStatus.Late, AttendanceSource.Scan, demo.Plan.StartsAt.AddMinutes(18 + nth)),
            _ => (AttendanceStatus.Present, AttendanceSource.Scan, demo.Plan.StartsAt.AddMinutes(nth - 6)),
        };

    private sealed record DemoEvent(
        int Number, Guid LocationId, string Name, string Place, EventPlan Plan, int? Capacity, IEnumerable<DemoPerson> Expected)
    {
        public Guid Id { get; } = Guid.Parse($"0190a000-0000-7000-8000-{0xE0000000 + Number:x12}");
    }
}
