using Microsoft.Extensions.DependencyInjection;
using Portico.Platform.Schedules;

namespace Portico.Tests.Behaviour.Attendance;

/// <summary>What people do with events.</summary>
internal static class AttendanceSteps
{
    private static int made;

    public static DateTimeOffset Now(this RunningPlatform platform) => platform.Clock.GetUtcNow();

    public static async Task<Guid> LocationAsync(this RunningPlatform platform, string zone = "Europe/Rome")
    {
        var id = Guid.CreateVersion7();
        await platform.ExecuteAsync(
            "members", "insert into locations (id, name, time_zone) values (@id, @name, @zone)",
            new { id, name = $"Place {Interlocked.Increment(ref made)}", zone });
        return id;
    }

    public static async Task<Person> ManagerOfAsync(this RunningPlatform platform, Guid location)
    {
        var manager = await platform.ManagerAsync();
        await platform.ExecuteAsync(
            "members", "insert into location_staff (location_id, account_id, duty, since) values (@location, @Id, 'manager', now())",
            new { location, manager.Id });
        return manager;
    }

    /// <summary>The body of an event that starts in ten minutes and lasts two hours, changed as said.</summary>
    public static Dictionary<string, object?> Plan(this RunningPlatform platform, Guid location, params (string Name, object? Value)[] but)
    {
        var starts = platform.Now().AddMinutes(10);
        Dictionary<string, object?> plan = new()
        {
            ["location_id"] = location, ["name"] = "Founders' table", ["place"] = "Room 1", ["starts_at"] = starts, ["ends_at"] = starts.AddHours(2),
        };
        foreach (var (name, value) in but)
        {
            plan[name] = value;
        }

        return plan;
    }

    /// <summary>An event whose check-in is open.</summary>
    public static async Task<Guid> EventAsync(this Person staff, Guid location, params (string Name, object? Value)[] but) =>
        (await staff.PostAsync("/api/members/events", staff.Platform.Plan(location, but))).Expect(HttpStatusCode.Created).Id;

    public static async Task<string> CodeAsync(this Person staff, Guid eventId, string kind = "paper") =>
        (await staff.GetAsync($"/api/members/events/{eventId}/qr?kind={kind}&format=text")).Expect(HttpStatusCode.OK).Text("code");

    public static Task<Answer> ScanAsync(this Person member, string code) => member.PostAsync("/api/members/qr/scan", new { code });

    public static Task<Answer> SetAsync(this Person staff, Guid eventId, Person member, string status, string? reason = null, string? note = null) =>
        staff.PutAsync($"/api/members/events/{eventId}/attendance/{member.Id}", new { status, reason_kind = reason, note });

    public static async Task<Answer> AttendanceAsync(this Person staff, Guid eventId, string query = "") =>
        (await staff.GetAsync($"/api/members/events/{eventId}/attendance{query}")).Expect(HttpStatusCode.OK);

    public static async Task<Answer> StatisticsAsync(this Person person, string query = "") =>
        (await person.GetAsync($"/api/members/attendance/statistics{query}")).Expect(HttpStatusCode.OK);

    /// <summary>Holds present, late, absent, excused, pending against these numbers, and their sum against the total.</summary>
    public static void ExpectCounts(this Answer answer, int[] counts, string? member = null)
    {
        Assert.Equal(counts, answer.Counts(member));
        Assert.Equal(counts.Sum(), (member is null ? answer.Json : answer[member]).GetProperty("total").GetInt32());
    }

    public static int[] Counts(this Answer answer, string? member = null)
    {
        var counts = member is null ? answer.Json : answer[member];
        return [.. ((string[])["present", "late", "absent", "excused", "pending"]).Select(name => counts.GetProperty(name).GetInt32())];
    }

    /// <summary>What the clock would do at its next turn.</summary>
    public static async Task RunAsync(this RunningPlatform platform, string job)
    {
        var (app, schedule) = (from one in platform.Apps
                               from known in one.Services.GetServices<Schedule>()
                               where known.Name == job
                               select (one, known)).First();
        await using var scope = app.Services.CreateAsyncScope();
        await ((IScheduledJob)scope.ServiceProvider.GetRequiredService(schedule.Job)).RunAsync(CancellationToken.None);
    }
}
