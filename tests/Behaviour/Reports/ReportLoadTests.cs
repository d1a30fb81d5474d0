using System.Diagnostics;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using Portico.Bookings.Features.Reports;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Reports;

[Trait("Category", "Proof")]
public sealed partial class ReportLoadTests
{
    [Fact]
    public async Task Of_a_hundred_thousand_bookings_only_those_of_the_place_and_its_days_are_read()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var now = platform.Clock.GetUtcNow();
        await using var connection = new NpgsqlConnection(platform.Databases["Modules:bookings:ConnectionString"]);
        await connection.ExecuteAsync(
            """
            insert into locations (id, name, time_zone, created_at) select gen_random_uuid(), 'Place ' || n, 'Europe/Rome', @early from generate_series(1, 10) as n;
            insert into spaces (id, location_id, kind, name, capacity, check_in_code, created_at)
            select gen_random_uuid(), id, 'room', 'Room ' || n, 4, gen_random_uuid()::text, @early from locations cross join generate_series(1, 20) as n;
            insert into space_units select id, id from spaces;
            alter table bookings disable trigger bookings_begin_held;
            -- Each room has 500 hours, a bit more than one a day, all over the day.
            insert into bookings (id, space_id, location_id, member_id, starts_at, ends_at, status, people, quote, total, currency, cancellation, kept, created_at)
            select gen_random_uuid(), id, location_id, @Id, start, start + interval '1 hour', booked.status, 1, '{}', 10, 'EUR', '{}', case booked.status when 'cancelled' then 5 end, @early
            from spaces cross join generate_series(0, 499) as n
            cross join lateral (select @early + make_interval(hours => n * 17) as start, (array['completed', 'completed', 'confirmed', 'cancelled'])[1 + n % 4] as status) as booked;
            alter table bookings enable trigger bookings_begin_held;
            insert into claims (unit_id, during, booking_id) select space_id, tstzrange(starts_at, ends_at), id from bookings where status <> 'cancelled';
            insert into floor_changes (at, location_id, space_id, booking_id, act, to_status, starts_at, ends_at)
            select created_at, location_id, space_id, id, 'confirm', 'confirmed', starts_at, ends_at from bookings;
            """, new { early = now.AddDays(-300), anna.Id }, commandTimeout: 300);
        await connection.ExecuteAsync("analyze bookings, claims, floor_changes, spaces, space_units", commandTimeout: 300);
        Assert.Equal(100_000, await connection.ExecuteScalarAsync<int>("select count(*)::int from bookings"));

        var place = await connection.QuerySingleAsync<Guid>("select id from locations where name = 'Place 3'");
        var month = new ReportPlace(place, "Place 3", new(now.AddDays(-60), now.AddDays(-30)), []);
        var scope = new ReportScope(DateOnly.FromDateTime(now.AddDays(-60).DateTime), DateOnly.FromDateTime(now.AddDays(-31).DateTime), [month]);
        foreach (var sql in new[] { ReportSql.Statuses, ReportSql.Money, ReportSql.Members, ReportSql.Use })
        {
            var plan = (await connection.QueryAsync<string>($"explain (analyze, buffers off) {sql}", scope.Parameters(now))).AsList();
            Assert.DoesNotContain(plan, line => Scan().IsMatch(line));
            Assert.Contains(plan, line => line.Contains("bookings_by_location", StringComparison.Ordinal) || line.Contains("claims_never_overlap", StringComparison.Ordinal));
        }

        // And all of a year at once is there before anybody gives up.
        var started = Stopwatch.GetTimestamp();
        var year = (await admin.GetAsync($"/api/bookings/reports/summary?from={now.AddDays(-300):yyyy-MM-dd}&to={now.AddDays(65):yyyy-MM-dd}")).Expect(HttpStatusCode.OK);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        TestContext.Current.TestOutputHelper?.WriteLine($"a year of 100,000: {Stopwatch.GetElapsedTime(started)}");
        var use = year["use"];
        Assert.InRange(use.GetProperty("booked_hours").GetDecimal() + use.GetProperty("outside_hours").GetDecimal(), 70_000, 75_000);
    }

    [Fact]
    public async Task What_takes_too_long_is_given_up_and_said_so()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var admin = await platform.AdminAsync();
        await platform.AddSpaceAsync(await platform.AddPlaceAsync());
        await using var connection = new NpgsqlConnection(platform.Databases["Modules:bookings:ConnectionString"]);
        await connection.OpenAsync();
        // As slow as a report can be.
        await using (await connection.BeginTransactionAsync())
        {
            await connection.ExecuteAsync("lock table claims in access exclusive mode");
            (await admin.GetAsync("/api/bookings/reports/summary?from=2026-11-01&to=2026-11-30")).Expect(HttpStatusCode.UnprocessableEntity, "report-too-large");
        }

        (await admin.GetAsync("/api/bookings/reports/summary?from=2026-11-01&to=2026-11-30")).Expect(HttpStatusCode.OK);
    }

    [GeneratedRegex("Seq Scan on (bookings|claims|floor_changes)")]
    private static partial Regex Scan();
}
