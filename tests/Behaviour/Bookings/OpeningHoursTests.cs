using System.Text.Json;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class OpeningHoursTests
{
    private static readonly object Morning = new { opens = "09:00", closes = "13:00" };

    [Theory, InBothShapes]
    public async Task Opening_hours_are_shown_as_given_and_make_sense(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var path = $"/api/bookings/locations/{await admin.AddLocationAsync()}";

        (await admin.PatchAsync(path, new { opening_hours = new[] { Range("saturday", "18:00", "24:00"), Range("sunday", "00:00", "02:00"), Range("monday", "08:00", "12:00"), Range("monday", "12:00", "20:00") } }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(
            ["monday 08:00 12:00", "monday 12:00 20:00", "saturday 18:00 24:00", "sunday 00:00 02:00"],
            (await anna.GetAsync(path))["opening_hours"].EnumerateArray().Select(range => $"{range.Word("day")} {range.Word("opens")} {range.Word("closes")}"));
        Assert.Equal(0, (await admin.PatchAsync(path, new { opening_hours = Array.Empty<object>() })).Expect(HttpStatusCode.OK)["opening_hours"].GetArrayLength());

        foreach (var wrong in (object[][])
            [
                [Range("monday", "20:00", "08:00")], [Range("monday", "08:00", "08:00")], [Range("monday", "8:00", "20:00")], [Range("monday", "08:00", "24:01")],
                [Range("monday", "08:00", "12:01"), Range("monday", "12:00", "20:00")], [new { day = "monday", opens = "08:00" }],
                [.. Enumerable.Range(0, 51).Select(_ => Range("monday", "08:00", "20:00"))],
            ])
        {
            var refused = (await admin.PatchAsync(path, new { opening_hours = wrong })).Expect(HttpStatusCode.BadRequest, "invalid");
            Assert.StartsWith("opening_hours", refused["errors"].EnumerateObject().First().Name, StringComparison.Ordinal);
        }

        (await admin.PatchAsync(path, new { opening_hours = new[] { Range("someday", "08:00", "20:00") } })).Expect(HttpStatusCode.BadRequest, "malformed-json");
        (await admin.PatchAsync(path, new { opening_hours = new[] { new { opens = "08:00", closes = "20:00" } } })).Expect(HttpStatusCode.BadRequest, "malformed-json");
        Assert.Equal(0, (await anna.GetAsync(path))["opening_hours"].GetArrayLength());
    }

    [Theory, InBothShapes]
    public async Task A_day_may_open_differently_or_not_at_all(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var location = await admin.AddLocationAsync();
        await admin.AppointAsync(location, manager, "manager");
        var (path, today) = ($"/api/bookings/locations/{location}", DateOnly.FromDateTime(platform.Clock.GetUtcNow().UtcDateTime));
        string On(int days) => $"{path}/exceptions/{today.AddDays(days):yyyy-MM-dd}";

        (await manager.PutAsync(On(30), new { hours = new[] { Morning } })).Expect(HttpStatusCode.OK);
        var shown = (await manager.PutAsync(On(30), new { hours = Array.Empty<object>(), reason = " Christmas " })).Expect(HttpStatusCode.OK);
        Assert.Equal(("Christmas", 0), (shown.Text("reason"), shown["hours"].GetArrayLength()));
        (await manager.PutAsync(On(10), new { hours = new[] { Morning } })).Expect(HttpStatusCode.OK);
        (await manager.PutAsync(On(-10), new { hours = new[] { Morning } })).Expect(HttpStatusCode.OK);
        Assert.Equal([10, 30], Days(await anna.GetAsync(path), "exceptions", today));
        Assert.Equal([10, 30], Days(await manager.GetAsync($"{path}/exceptions"), null, today));
        Assert.Equal([-10, 10], Days(await manager.GetAsync($"{path}/exceptions?from={today.AddDays(-10):yyyy-MM-dd}&to={today.AddDays(20):yyyy-MM-dd}"), null, today));

        foreach (var (address, body) in ((string, object)[])
            [
                ($"{path}/exceptions/2026-02-30", new { hours = Array.Empty<object>() }), ($"{path}/exceptions/1999-12-31", new { hours = Array.Empty<object>() }),
                ($"{path}/exceptions/christmas", new { hours = Array.Empty<object>() }), (On(5), new { hours = new[] { new { opens = "13:00", closes = "09:00" } } }),
                (On(5), new { hours = new[] { Morning, Morning } }), (On(5), new { reason = "No hours" }), (On(5), new { hours = new[] { Morning }, reason = " " }),
            ])
        {
            (await manager.PutAsync(address, body)).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        foreach (var query in (string[])["?from=2026-1-1", "?to=x", "?from=2026-01-02&to=2026-01-01", "?from=2026-01-01&to=2027-02-06", "?from=2100-01-02"])
        {
            (await manager.GetAsync($"{path}/exceptions{query}")).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        (await manager.DeleteAsync(On(10))).Expect(HttpStatusCode.NoContent);
        (await manager.DeleteAsync(On(10))).Expect(HttpStatusCode.NotFound, "opening-exception-not-found");
        Assert.Equal([30], Days(await anna.GetAsync(path), "exceptions", today));
        (await anna.PutAsync(On(5), new { hours = Array.Empty<object>() })).Expect(HttpStatusCode.Forbidden);
        (await anna.GetAsync($"{path}/exceptions")).Expect(HttpStatusCode.Forbidden);
    }

    private static object Range(string day, string opens, string closes) => new { day, opens, closes };

    private static IEnumerable<int> Days(Answer answer, string? member, DateOnly today) =>
        from JsonElement day in (member is null ? answer.Expect(HttpStatusCode.OK).Json : answer[member]).EnumerateArray()
        select DateOnly.Parse(day.Word("date")!, null).DayNumber - today.DayNumber;
}
