using System.Globalization;
using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>
/// A thousand spaces and two years of bookings in them, half past and half to come. More bookings are not put further away but
/// between the others: a thousand for each space are more than one a day, ten are one in ten weeks. So what grows is not only a
/// table that nobody looks into, but also what is found on the day that is asked about: a hundred times as much.
/// </summary>
internal static class BusyYears
{
    public const int Spaces = 1000;
    private const int Locations = 20;
    private const int Days = 730;
    private const int AtOnce = 100;

    /// <summary>A database of that name for a process of Bookings, beside those of the installation.</summary>
    public static async Task PrepareAsync(Workbench workbench, string name, int bookingsOfEach, CancellationToken cancellationToken)
    {
        await workbench.Database.ExecuteAsync("postgres", $"create database {name}", null, cancellationToken);
        await Tool.RunAsync(
            workbench.Executable, ["migrate", "bookings", "--data", Path.Combine(workbench.RunFolder, name)], ConfigurationOf(workbench, name), cancellationToken);
        await FillAsync(workbench.Database, name, bookingsOfEach, cancellationToken);
    }

    /// <summary>How a process works on it: with the keys of the installation, whose people ask.</summary>
    public static Dictionary<string, string> ConfigurationOf(Workbench workbench, string name) => new()
    {
        ["Modules__bookings__ConnectionString"] = workbench.Database.ConnectionString(name),
        ["Tokens__KeyFolder"] = Path.Combine(workbench.DataFolder, "keys"),
    };

    private static async Task FillAsync(EmbeddedDatabase database, string name, int bookingsOfEach, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(name, Floor, new { locations = Locations, each = Spaces / Locations }, cancellationToken);
        for (var from = 0; from < bookingsOfEach; from += AtOnce)
        {
            await database.ExecuteAsync(name, Bookings, new { from, until = Math.Min(from + AtOnce, bookingsOfEach) - 1, days = Days }, cancellationToken);
        }

        await database.ExecuteAsync(name, "vacuum (analyze)", null, cancellationToken);
    }

    /// <summary>Ten to twelve by the clock of the places, so many days from now: nobody has asked for it before.</summary>
    public static string Morning(int day)
    {
        var date = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(day);
        return string.Create(CultureInfo.InvariantCulture, $"from={date:yyyy-MM-dd}T10:00:00Z&to={date:yyyy-MM-dd}T12:00:00Z");
    }

    private const string Floor =
        """
        insert into locations (id, name, time_zone, created_at, opening_hours)
        select gen_random_uuid(), 'Busy ' || nth, 'Etc/UTC', now(),
               (select jsonb_agg(jsonb_build_object('day', day, 'opens', '08:00', 'closes', '20:00'))
                from unnest('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[]) as day)
        from generate_series(1, @locations) as nth;
        insert into spaces (id, location_id, kind, name, capacity, prices, check_in_code, created_at)
        select gen_random_uuid(), place.id, 'room', 'Busy room ' || nth, 2 + nth % 8, '{"hourly": 12.5}', gen_random_uuid()::text, now()
        from locations as place, generate_series(1, @each) as nth where place.name like 'Busy %';
        select write_space_units(id) from locations where name like 'Busy %';
        insert into people (id, username, role) select gen_random_uuid(), 'busy-' || nth, 'member' from generate_series(1, 100) as nth;
        """;

    // Each space goes through the days in another order, and comes back to a day at another hour. Triggers are left out: these were
    // written long ago; the constraint on claims is not, and its index grows as it would have grown.
    private const string Bookings =
        """
        set session_replication_role = replica;
        create temporary table made as
        with busy as (select id, location_id, row_number() over (order by id) as nth from spaces where name like 'Busy room %'),
             crowd as (select id, row_number() over (order by id) - 1 as nth from people where username like 'busy-%')
        select gen_random_uuid() as id, busy.id as space_id, busy.location_id, crowd.id as member_id,
               date_trunc('day', now(), 'Etc/UTC') + make_interval(
                   days => ((k * 277 + busy.nth * 41) % @days - @days / 2)::int,
                   hours => (8 + (busy.nth * 7 + k * 3 + k / @days * 5) % 12)::int) as starts_at
        from generate_series(@from::bigint, @until::bigint) as k cross join busy join crowd on crowd.nth = (busy.nth * 13 + k) % 100;
        insert into bookings (
            id, space_id, location_id, member_id, starts_at, ends_at, status, people, quote, total, currency, cancellation, created_at)
        select id, space_id, location_id, member_id, starts_at, starts_at + interval '1 hour',
               case when starts_at < now() then 'completed' else 'confirmed' end, 2, '{}', 12.5, 'EUR', '{"steps": []}', starts_at - interval '10 days'
        from made;
        insert into claims (unit_id, during, booking_id) select space_id, tstzrange(starts_at, starts_at + interval '1 hour'), id from made;
        """;
}
