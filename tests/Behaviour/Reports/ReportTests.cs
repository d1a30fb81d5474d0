using System.Text.Json;
using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Calendars;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Reports;

public sealed class ReportTests
{
    private const string Reports = "/api/bookings/reports";

    [Theory, InBothShapes]
    public async Task Every_figure_is_what_one_counts_by_hand(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var scene = await ReportScene.SetAsync(platform);
        var days = $"from={scene.Saturday:yyyy-MM-dd}&to={scene.Saturday.AddDays(2):yyyy-MM-dd}";
        var report = (await scene.Manager.GetAsync($"{Reports}/summary?{days}&location_id={scene.Rome}")).Expect(HttpStatusCode.OK);

        // The booking that began on Friday is not counted here: it does not begin in these days.
        Assert.Equal(9, report["bookings"].GetProperty("total").GetInt32());
        Assert.Equal(
            [("held", 1), ("pending_approval", 0), ("awaiting_payment", 0), ("confirmed", 3), ("checked_in", 0), ("completed", 1), ("expired", 1), ("cancelled", 2), ("payment_failed", 0), ("no_show", 1)],
            report["bookings"].GetProperty("by_status").EnumerateArray().Select(row => (row.Word("status")!, row.GetProperty("count").GetInt32())));
        // Six were confirmed at some time. The hold that was given back was not.
        foreach (var share in new[] { report["cancellations"], report["no_shows"] })
        {
            Assert.Equal((1, 0.1667m), (share.GetProperty("count").GetInt32(), Number(share, "rate")));
        }

        Assert.Equal((6, 35m, 55m), (report["lead_times"].GetProperty("bookings").GetInt32(), Number(report["lead_times"], "median_hours"), Number(report["lead_times"], "p90_hours")));

        // Open: Saturday 4 hours, Sunday 23, Monday 4 by exception, each for two rooms and two desks.
        // Booked: the hall for 2 (in both rooms), a room for 1 until it was left, a room for 1 of 2, a desk for 2. Closed: half an hour since midnight, and 1.
        Assert.Equal((8m, 124m, 0.0645m, 1.5m), Use(report["use"]));
        Dictionary<string, (long, decimal, decimal, decimal, decimal)> spaces = new()
        {
            ["One"] = (2, 3, 31, 0.0968m, 0), ["Two"] = (3, 3, 31, 0.0968m, 1.5m), ["Hall"] = (1, 2, 31, 0.0645m, 0),
            ["Desk 1"] = (1, 2, 31, 0.0645m, 0), ["Desk 2"] = (0, 0, 31, 0, 0), ["Area"] = (1, 2, 62, 0.0323m, 0),
        };
        Assert.Equal(spaces.OrderBy(space => space.Key, StringComparer.Ordinal), Spaces(report["spaces"]).OrderBy(space => space.Key, StringComparer.Ordinal));
        Assert.Equal(["One", "Two"], report["spaces"].EnumerateArray().Take(2).Select(space => space.Word("name")));

        // Sunday has no hour 2; Saturday adds 8 to 12, Monday 10 to 14.
        var open = Enumerable.Range(0, 24).Select(hour => 240m * ((hour == 2 ? 0 : 1) + (hour is >= 8 and < 12 ? 1 : 0) + (hour is >= 10 and < 14 ? 1 : 0)));
        Dictionary<int, decimal> booked = new() { [1] = 120, [3] = 120, [9] = 60, [13] = 60, [20] = 60, [21] = 60 };
        var hours = report["hours"].EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 24), hours.Select(hour => hour.GetProperty("hour").GetInt32()));
        Assert.Equal(open, hours.Select(hour => Number(hour, "open_minutes")));
        Assert.Equal(Enumerable.Range(0, 24).Select(hour => booked.GetValueOrDefault(hour)), hours.Select(hour => Number(hour, "booked_minutes")));
        Assert.Equal(JsonValueKind.Null, hours[2].GetProperty("occupancy").ValueKind);
        Assert.Equal((0.5m, 0.125m), (Number(hours[3], "occupancy"), Number(hours[9], "occupancy")));

        // 25 of which 10 are paid; 10 kept of 20 of which 15 are paid; 10 of a booking nobody came to.
        Assert.Equal([("EUR", 45m, 25m, 10m, 10m, 25m, 25m, 5m)], Money(report["money"]));
        Assert.Equal([("Anna Bianchi", 3, 5m), (scene.Berta.Username, 1, 2m)], TopByHours(report));
        Assert.Equal([("Anna Bianchi", "EUR", 25m), (scene.Berta.Username, "EUR", 20m)], TopByMoney(report));

        // Everything that the administrator runs: another currency is another row.
        var all = (await scene.Admin.GetAsync($"{Reports}/summary?{days}")).Expect(HttpStatusCode.OK);
        Assert.Equal(["Rome", "Soho"], all["locations"].EnumerateArray().Select(place => place.Word("name")));
        Assert.Equal(10, all["bookings"].GetProperty("total").GetInt32());
        Assert.Equal([("EUR", 45m, 25m, 10m, 10m, 25m, 25m, 5m), ("USD", 30m, 30m, 0m, 0m, 30m, 0m, 0m)], Money(all["money"]));
        Assert.Equal([("Anna Bianchi", 3, 5m), (scene.Berta.Username, 2, 3m)], TopByHours(all));
        Assert.Equal([("Anna Bianchi", "EUR", 25m), (scene.Berta.Username, "EUR", 20m), (scene.Berta.Username, "USD", 30m)], TopByMoney(all));
        // In New York it is open from 8 to 20 on Monday alone.
        Assert.Equal((9m, 136m, 0.0662m, 1.5m), Use(all["use"]));
        Assert.Equal((1L, 1m, 12m, 0.0833m, 0m), Spaces(all["spaces"])["Loft"]);

        // The manager runs Rome alone: the same without saying so.
        Assert.Equal(report.Body, (await scene.Manager.GetAsync($"{Reports}/summary?{days}")).Body);

        // The lists are of the same figures, as CSV too.
        foreach (var (list, columns) in new[]
            {
                ("hours", new[] { "hour", "booked_minutes", "open_minutes", "occupancy" }),
                ("spaces", ["id", "name", "kind", "location.id", "location.name", "bookings", "booked_hours", "open_hours", "utilisation", "outside_hours"]),
                ("members", ["id", "name", "currency", "bookings", "hours", "expected", "paid", "owed", "cancelled", "no_shows"]),
            })
        {
            var rows = (await scene.Admin.GetAsync($"{Reports}/{list}?{days}")).Expect(HttpStatusCode.OK);
            if (list != "members")
            {
                Assert.Equal(all[list].GetRawText(), rows.Json.GetRawText());
            }

            var csv = (await scene.Admin.GetAsync($"{Reports}/{list}?{days}&format=csv")).Expect(HttpStatusCode.OK);
            Assert.Equal("text/csv; charset=utf-8", csv.ContentHeaders.ContentType!.ToString());
            Assert.Equal(
                rows.Json.EnumerateArray().Select(row => string.Join(',', columns.Select(column => Text(row, column)))), csv.Body.Trim().Split("\r\n").Skip(1));
        }

        var members = (await scene.Admin.GetAsync($"{Reports}/members?{days}")).Json.EnumerateArray().Select(row => string.Join(
            ' ', new[] { "name", "currency", "bookings", "hours", "expected", "paid", "owed", "cancelled", "no_shows" }.Select(column => Text(row, column).Replace(".00", "", StringComparison.Ordinal))));
        Assert.Equal(
            ["Anna Bianchi EUR 3 5 25 10 15 1 0", $"{scene.Berta.Username} EUR 1 2 20 15 10 1 1", $"{scene.Berta.Username} USD 1 1 30 30 0 0 0"], members);
    }

    [Theory, InBothShapes]
    public async Task Managers_see_the_places_they_run_and_nobody_else_sees_any(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager, anna) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.MemberAsync());
        var (here, there) = (await admin.AddLocationAsync("Here"), await admin.AddLocationAsync("There"));
        await admin.AppointAsync(here, manager, "manager");
        var (mine, other) = (await admin.AddSpaceAsync(here, name: "Mine"), await admin.AddSpaceAsync(there, name: "Other"));
        await anna.BookAndConfirmAsync(mine, platform.Wednesday(9), 1);
        await anna.BookAndConfirmAsync(other, platform.Wednesday(9), 1);
        var day = platform.Wednesday(0);
        var days = $"from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}";

        foreach (var list in new[] { "summary", "hours", "spaces", "members" })
        {
            (await anna.GetAsync($"{Reports}/{list}?{days}")).Expect(HttpStatusCode.Forbidden, "forbidden");
            (await manager.GetAsync($"{Reports}/{list}?{days}&location_id={there}")).Expect(HttpStatusCode.NotFound, "location-not-found");
            (await admin.GetAsync($"{Reports}/{list}?{days}&location_id={VisitSteps.NewId()}")).Expect(HttpStatusCode.NotFound, "location-not-found");
            foreach (var wrong in new[]
                {
                    "", "from=2026-11-02", "to=2026-11-02", "from=2026-11-02&to=2026-11-01", "from=2026-02-30&to=2026-11-01", "from=2026-01-01&to=2027-01-02", "from=x&to=y", "from=9999-12-31&to=9999-12-31",
                })
            {
                (await manager.GetAsync($"{Reports}/{list}?{wrong}")).Expect(HttpStatusCode.BadRequest, "invalid");
            }

            (await manager.GetAsync($"{Reports}/{list}?from=2026-01-01&to=2027-01-01")).Expect(HttpStatusCode.OK);
            (await manager.GetAsync($"{Reports}/{list}?from=2000-01-01&to=2000-01-01")).Expect(HttpStatusCode.OK);
            (await admin.GetAsync($"{Reports}/{list}?from=2100-01-01&to=2100-01-01")).Expect(HttpStatusCode.OK);
        }

        var (own, all) = ((await manager.GetAsync($"{Reports}/summary?{days}")).Expect(HttpStatusCode.OK), (await admin.GetAsync($"{Reports}/summary?{days}")).Expect(HttpStatusCode.OK));
        Assert.Equal((1, 2), (own["bookings"].GetProperty("total").GetInt32(), all["bookings"].GetProperty("total").GetInt32()));
        Assert.Equal(["Mine"], own["spaces"].EnumerateArray().Select(space => space.Word("name")));
        await admin.DismissAsync(here, manager);
        var none = (await manager.GetAsync($"{Reports}/summary?{days}")).Expect(HttpStatusCode.OK);
        Assert.Equal((0, 0, "[]"), (none["bookings"].GetProperty("total").GetInt32(), none["spaces"].GetArrayLength(), none["money"].GetRawText()));
    }

    private static decimal Number(JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    private static (decimal Booked, decimal Open, decimal Utilisation, decimal Outside) Use(JsonElement json) =>
        (Number(json, "booked_hours"), Number(json, "open_hours"), Number(json, "utilisation"), Number(json, "outside_hours"));

    private static Dictionary<string, (long, decimal, decimal, decimal, decimal)> Spaces(JsonElement json) => json.EnumerateArray().ToDictionary(
        space => space.Word("name")!,
        space => (space.GetProperty("bookings").GetInt64(), Number(space, "booked_hours"), Number(space, "open_hours"), Number(space, "utilisation"), Number(space, "outside_hours")));

    private static IEnumerable<(string, decimal, decimal, decimal, decimal, decimal, decimal, decimal)> Money(JsonElement json) => json.EnumerateArray().Select(row => (
        row.Word("currency")!, Number(row, "expected"), Number(row, "booked"), Number(row, "kept_of_cancelled"), Number(row, "kept_of_no_shows"), Number(row, "paid"), Number(row, "owed"), Number(row, "to_return")));

    private static IEnumerable<(string, int, decimal)> TopByHours(Answer report) => report["members_by_hours"].EnumerateArray()
        .Select(row => (row.Word("name")!, row.GetProperty("bookings").GetInt32(), Number(row, "hours")));

    private static IEnumerable<(string, string, decimal)> TopByMoney(Answer report) => report["members_by_money"].EnumerateArray()
        .Select(row => (row.Word("name")!, row.Word("currency")!, Number(row, "expected")));

    private static string Text(JsonElement row, string column) =>
        column.Split('.').Aggregate(row, (json, name) => json.GetProperty(name)) is var value && value.ValueKind is JsonValueKind.Null ? "" : value.ToString();
}
