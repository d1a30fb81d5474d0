using System.Globalization;
using Portico.Bench.Servers;

namespace Portico.Bench.Load;

/// <summary>Members who hold slots in many spaces, each slot once, as fast as they are answered.</summary>
internal sealed class BookingCrowd(Workbench workbench, PorticoServer server, int clients, DateTimeOffset from)
{
    private const int Locations = 20;
    private const int SpacesEach = 50;
    private const int Members = 2_000;
    // Further apart than a round can take of half hours in so many spaces.
    private static readonly TimeSpan Apart = TimeSpan.FromDays(10);
    private DateTimeOffset next = from;

    public static async Task<BookingCrowd> OnNewFloorAsync(Workbench workbench, PorticoServer server, int clients, CancellationToken cancellationToken)
    {
        await workbench.Database.ExecuteAsync(
            "portico_bookings",
            """
            insert into locations (id, name, time_zone, created_at, opening_hours)
            select gen_random_uuid(), 'Crowd ' || gen_random_uuid(), 'Europe/Rome', now(),
                   '[{"day":"monday","opens":"00:00","closes":"24:00"},{"day":"tuesday","opens":"00:00","closes":"24:00"},
                     {"day":"wednesday","opens":"00:00","closes":"24:00"},{"day":"thursday","opens":"00:00","closes":"24:00"},
                     {"day":"friday","opens":"00:00","closes":"24:00"},{"day":"saturday","opens":"00:00","closes":"24:00"},
                     {"day":"sunday","opens":"00:00","closes":"24:00"}]'
            from generate_series(1, @locations);
            insert into spaces (id, location_id, kind, name, capacity, prices, check_in_code, created_at)
            select gen_random_uuid(), place.id, 'room', 'Room ' || nth, 8, '{"hourly": 12.5}', gen_random_uuid()::text, now()
            from locations as place, generate_series(1, @spaces) as nth where place.name like 'Crowd %';
            select write_space_units(id) from locations where name like 'Crowd %';
            insert into people (id, username, role) select gen_random_uuid(), 'bench-crowd-' || nth, 'member' from generate_series(1, @members) as nth;
            analyze;
            """, new { locations = Locations, spaces = SpacesEach, members = Members }, cancellationToken);
        var crowd = new BookingCrowd(workbench, server, clients, new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(2), TimeSpan.Zero));
        await crowd.WriteAsync("spaces", "select id::text from spaces where name like 'Room %' order by id", text => text, cancellationToken);
        await crowd.WriteAsync("tokens", "select id::text from people where username like 'bench-crowd-%'", id => workbench.Identities.Member(Guid.Parse(id)), cancellationToken);
        return crowd;
    }

    /// <summary>Holds that the database has afterwards, a second.</summary>
    public async Task<double> HeldPerSecondAsync(CancellationToken cancellationToken)
    {
        var before = await workbench.Database.CountAsync("portico_bookings", "bookings", cancellationToken);
        var round = await Wrk.RunAsync(
            [
                "-c", $"{clients}", "-s", Path.Combine(AppContext.BaseDirectory, "holds.lua"), new Uri(server.Address, "/api/bookings").AbsoluteUri, "--",
                PathOf("tokens"), PathOf("spaces"), next.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ], cancellationToken);
        next += Apart;
        var after = await workbench.Database.CountAsync("portico_bookings", "bookings", cancellationToken);
        return (after - before) / round.Took.TotalSeconds;
    }

    private string PathOf(string name) => Path.Combine(workbench.RunFolder, $"crowd-{name}");

    private async Task WriteAsync(string name, string sql, Func<string, string> line, CancellationToken cancellationToken) =>
        await File.WriteAllLinesAsync(PathOf(name), (await workbench.Database.ReadAsync("portico_bookings", sql, cancellationToken)).Select(line), cancellationToken);
}
