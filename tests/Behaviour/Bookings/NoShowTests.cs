using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class NoShowTests
{
    private static readonly Dictionary<string, string?> Often = new()
    {
        ["Schedules:release-no-shows:Every"] = "00:00:00.2",
        ["Schedules:check-in-present:Every"] = "00:00:00.2",
    };

    [Theory, InBothShapes]
    public async Task Nobody_came_and_after_a_quarter_of_an_hour_others_may_have_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Often);
        platform.MoveToWednesday();
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var booking = await anna.BookAsync(stay.Room);

        platform.Clock.Advance(TimeSpan.FromMinutes(24));
        await JobsRanAsync(platform);
        Assert.Equal("confirmed", (await anna.BookingAsync(booking)).Text("status"));
        platform.Clock.Advance(TimeSpan.FromMinutes(2));
        await anna.BecomesAsync(booking, "no_show");
        await bob.BookAsync(stay.Room, 30, 120);
    }

    [Theory, InBothShapes]
    public async Task Whoever_is_in_the_house_is_checked_in_when_it_begins(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, Often);
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var (stay, elsewhere) = (await admin.RoomAsync(), await admin.RoomAsync());
        var (booking, there) = (await anna.BookAsync(stay.Room, 60, 120), await anna.BookAsync(elsewhere.Room, 60, 120));
        var visit = (await stay.Kiosk.ScanAsync(anna))["visit_id"].GetGuid();
        await anna.SettledAsync();

        platform.Clock.Advance(TimeSpan.FromMinutes(65));
        await JobsRanAsync(platform);
        Assert.Equal("confirmed", (await anna.BookingAsync(booking)).Text("status"));
        platform.Clock.Advance(TimeSpan.FromMinutes(5));
        await anna.BecomesAsync(booking, "checked_in");
        Assert.Equal(visit, (await anna.BookingAsync(booking))["visit_id"].GetGuid());
        Assert.Equal("confirmed", (await anna.BookingAsync(there)).Text("status"));
        platform.Clock.Advance(TimeSpan.FromMinutes(16));
        await anna.BecomesAsync(there, "no_show");
    }

    [Theory, InBothShapes]
    public async Task Without_the_other_job_nobody_who_is_there_loses_their_room(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(
            shape, new() { ["Schedules:release-no-shows:Every"] = "00:00:00.2", ["Schedules:check-in-present:Every"] = "1.00:00:00" });
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var booking = await anna.BookAsync(stay.Room, 60, 120);
        await stay.Kiosk.ScanAsync(anna);
        await anna.SettledAsync();
        await Eventually.TrueAsync(async () => await RunsAsync(platform, "check-in-present") == 1, "the other job did not run at the start");

        platform.Clock.Advance(TimeSpan.FromMinutes(86));
        await anna.BecomesAsync(booking, "checked_in");
    }

    private static async Task JobsRanAsync(RunningPlatform platform)
    {
        foreach (var job in (string[])["release-no-shows", "check-in-present"])
        {
            // One may have begun before the clock was moved.
            var before = await RunsAsync(platform, job);
            await Eventually.TrueAsync(async () => await RunsAsync(platform, job) >= before + 2, $"{job} does not run");
        }
    }

    private static async Task<long> RunsAsync(RunningPlatform platform, string job) =>
        (await platform.QueryAsync<long>("bookings", "select runs from schedule_runs where job = @job", new { job })).SingleOrDefault();
}
