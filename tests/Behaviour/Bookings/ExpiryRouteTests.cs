using System.Text.Json;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class ExpiryRouteTests
{
    private const string Expiries = "/api/bookings/expiries";
    private static readonly Dictionary<string, string?> NoSchedules = new() { ["Schedules:Enabled"] = "false" };
    private static readonly string[] Jobs = ["expire-lapsed", "release-no-shows", "complete-ended", "serve-waiting-line"];

    [Theory, InBothShapes]
    public async Task Whoever_checks_ends_what_is_over_and_is_told_how_much(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var (stay, elsewhere) = (await admin.RoomAsync(), await admin.RoomAsync());
        await admin.AppointAsync(stay.Location, manager, "manager");
        var nobodyCame = await anna.BookAsync(stay.Room, 0, 60);
        // Nobody has to check in there.
        var (used, later) = (await anna.BookAsync(await platform.AddSpaceAsync(stay.Location), 0, 60), await anna.BookAsync(stay.Room, 120, 180));
        var nine = platform.Today(9);
        var held = (await anna.HoldAsync(await platform.AddSpaceAsync(stay.Location), nine, nine.AddHours(1))).Expect(HttpStatusCode.Created).Id;
        var there = (await anna.HoldAsync(elsewhere.Room, nine, nine.AddHours(1))).Expect(HttpStatusCode.Created).Id;
        platform.Clock.Advance(TimeSpan.FromMinutes(75));

        Assert.Equal([2, 1, 1, 0], await DueAsync(admin));
        // A key changes nothing about it.
        var checkedNow = (await admin.PostAsync("/scadenze/check", idempotencyKey: "check-1")).Expect(HttpStatusCode.OK);
        Assert.Equal((2, 1, 1, 0), (checkedNow["expired"].GetInt32(), checkedNow["no_shows"].GetInt32(), checkedNow["completed"].GetInt32(), checkedNow["offered"].GetInt32()));
        Assert.Equal([0, 0, 0, 0], await DueAsync(admin));
        Assert.Equal(("no_show", "completed", "confirmed"), (await StatusAsync(anna, nobodyCame), await StatusAsync(anna, used), await StatusAsync(anna, later)));
        Assert.Equal(0, (await admin.PostAsync($"{Expiries}/check")).Expect(HttpStatusCode.OK)["expired"].GetInt32());

        var seen = await ExpiredAsync(manager, "");
        Assert.Equal([(held, "expired", "held"), (nobodyCame, "no_show", "confirmed")], seen.Select(row => (row.GetProperty("id").GetGuid(), row.Word("status"), row.Word("was"))));
        Assert.Equal(anna.Username, seen[0].Word("member_name"));
        Assert.Equal([there, held, nobodyCame], (await ExpiredAsync(admin, "")).Select(row => row.GetProperty("id").GetGuid()));
        Assert.Equal([nobodyCame], (await ExpiredAsync(admin, "?status=no_show")).Select(row => row.GetProperty("id").GetGuid()));
        Assert.Equal([there], (await ExpiredAsync(admin, $"?location_id={elsewhere.Location}")).Select(row => row.GetProperty("id").GetGuid()));

        var first = (await admin.GetAsync($"{Expiries}/expired?limit=2")).Expect(HttpStatusCode.OK);
        Assert.Equal([nobodyCame], (await ExpiredAsync(admin, $"?after={first.Text("next")}")).Select(row => row.GetProperty("id").GetGuid()));
        var csv = (await manager.GetAsync("/scadenze/expired?format=csv")).Expect(HttpStatusCode.OK).Body.TrimEnd().Split('\n');
        Assert.StartsWith("id,reference,status,was,at,", csv[0], StringComparison.Ordinal);
        Assert.Equal(3, csv.Length);

        (await manager.PostAsync($"{Expiries}/check")).Expect(HttpStatusCode.Forbidden);
        (await manager.GetAsync($"{Expiries}/status")).Expect(HttpStatusCode.Forbidden);
        (await anna.GetAsync($"{Expiries}/expired")).Expect(HttpStatusCode.Forbidden);
    }

    [Theory, InBothShapes]
    public async Task Those_who_waited_have_their_turn_when_somebody_checks(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var ten = platform.Today(10);
        (await anna.HoldAsync(stay.Room, ten, ten.AddHours(1))).Expect(HttpStatusCode.Created);
        (await bob.PostAsync("/api/bookings/waiting-list", new { space_id = stay.Room, starts_at = ten, ends_at = ten.AddHours(1) })).Expect(HttpStatusCode.Created);
        platform.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal([1, 0, 0, 1], await DueAsync(admin));

        // The message that a time came free may be quicker: then nobody is left to serve.
        var offered = (await admin.PostAsync($"{Expiries}/check")).Expect(HttpStatusCode.OK)["offered"].GetInt32();
        Assert.InRange(offered, 0, 1);
        await Eventually.TrueAsync(
            async () => (await bob.GetAsync("/api/bookings/waiting-list")).Expect(HttpStatusCode.OK)["items"][0].Word("status") == "offered", "his turn does not come");
        Assert.Equal([0, 0, 0, 0], await DueAsync(admin));
    }

    [Fact]
    public async Task What_lapsed_while_nobody_was_up_lapses_once_somebody_is()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, new() { ["Schedules:expire-lapsed:Every"] = "1.00:00:00" });
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var booking = (await anna.HoldAsync(stay.Room, platform.Today(10), platform.Today(11))).Expect(HttpStatusCode.Created).Id;
        await Eventually.TrueAsync(async () => await RunsAsync(platform) == 1, "it does not run at the start");
        await platform.StopAsync("bookings");

        // Down for two days, and for as long as a hold lasts.
        await platform.ExecuteAsync("bookings", "update qrtz_triggers set next_fire_time = next_fire_time - 3 * 864000000000 where trigger_name = 'expire-lapsed'");
        platform.Clock.Advance(TimeSpan.FromMinutes(16));
        await platform.StartAgainAsync("bookings");

        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<string>("bookings", "select status from bookings where id = @booking", new { booking })).Single() == "expired",
            "what was missed is forgotten");
        await Eventually.TrueAsync(async () => await RunsAsync(platform) == 2, "it is not noted");
        var next = (await admin.GetAsync($"{Expiries}/status")).Expect(HttpStatusCode.OK).Json[0].GetProperty("status").Instant("next_at");
        Assert.True(next > TimeProvider.System.GetUtcNow(), "it is still to run for the days that it missed");
        Assert.Equal(2, await RunsAsync(platform));
    }

    private static async Task<long> RunsAsync(RunningPlatform platform) =>
        (await platform.QueryAsync<long>("bookings", "select runs from schedule_runs where job = 'expire-lapsed'")).SingleOrDefault();

    private static async Task<string> StatusAsync(Person member, Guid booking) => (await member.BookingAsync(booking)).Text("status");

    private static async Task<IEnumerable<long>> DueAsync(Person admin)
    {
        var jobs = (await admin.GetAsync("/scadenze/status")).Expect(HttpStatusCode.OK).Json.EnumerateArray().ToList();
        Assert.Equal(Jobs, jobs.Select(job => job.Word("job")));
        return jobs.Select(job => job.GetProperty("due").GetInt64());
    }

    private static async Task<IReadOnlyList<JsonElement>> ExpiredAsync(Person staff, string query) =>
        [.. (await staff.GetAsync($"{Expiries}/expired{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray()];
}
