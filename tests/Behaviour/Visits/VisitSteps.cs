using System.Text.Json;

namespace Portico.Tests.Behaviour.Visits;

/// <summary>What people and devices do at the doors.</summary>
internal static class VisitSteps
{
    public static readonly TimeSpan NextCode = TimeSpan.FromSeconds(30);

    /// <summary>A location that the doors know of, too.</summary>
    public static async Task<Guid> AddLocationAsync(
        this Person admin, string? name = null, string timeZone = "Europe/Rome", string closesAt = "22:00")
    {
        var id = (await admin.PostAsync("/api/bookings/locations", new { name = name ?? AccountSteps.NewName("Place"), time_zone = timeZone, closes_at = closesAt }))
            .Expect(HttpStatusCode.Created).Id;
        await admin.Platform.ToldAsync("bookings", id);
        return id;
    }

    public static async Task ChangeLocationAsync(this Person staff, Guid location, object changes)
    {
        (await staff.PatchAsync($"/api/bookings/locations/{location}", changes)).Expect(HttpStatusCode.OK);
        await staff.Platform.ToldAsync("bookings", location);
    }

    public static async Task AppointAsync(this Person admin, Guid location, Person person, string duty)
    {
        (await admin.PutAsync($"/api/bookings/locations/{location}/staff/{person.Id}", new { duty })).Expect(HttpStatusCode.OK);
        await admin.Platform.ToldAsync("bookings", location);
    }

    public static async Task DismissAsync(this Person admin, Guid location, Person person)
    {
        (await admin.DeleteAsync($"/api/bookings/locations/{location}/staff/{person.Id}")).Expect(HttpStatusCode.NoContent);
        await admin.Platform.ToldAsync("bookings", location);
    }

    /// <summary>A device at the door of a location.</summary>
    public static async Task<Person> KioskAtAsync(this Person admin, Guid location)
    {
        var kiosk = await admin.Platform.KioskAsync();
        await admin.AppointAsync(location, kiosk, "kiosk");
        return kiosk;
    }

    /// <summary>A location that closes long after the test, and the device at its door.</summary>
    public static async Task<(Guid Location, Person Kiosk)> DoorAsync(this Person admin)
    {
        var location = await admin.AddLocationAsync();
        return (location, await admin.KioskAtAsync(location));
    }

    /// <summary>Noon in Rome, two days from now: hours from any closing time and from any change of the clocks' date.</summary>
    public static void MoveToNoon(this RunningPlatform platform)
    {
        var day = platform.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1);
        platform.Clock.MoveTo(new DateTimeOffset(day.AddHours(10).AddSeconds(1), TimeSpan.Zero));
    }

    public static async Task<string> PassAsync(this Person member) =>
        (await member.GetAsync("/api/members/pass?format=text")).Expect(HttpStatusCode.OK).Text("code");

    /// <summary>Waits for the pass to change and gives the new code.</summary>
    public static Task<string> NextPassAsync(this Person member)
    {
        member.Platform.Clock.Advance(NextCode);
        return member.PassAsync();
    }

    public static Task<Answer> ScanAsync(this Person kiosk, string code, Guid? scanId = null, DateTimeOffset? at = null) =>
        kiosk.PostAsync("/api/members/visits/scan", Scan(code, scanId, at));

    public static async Task<Answer> ScanAsync(this Person kiosk, Person member) => await kiosk.ScanAsync(await member.NextPassAsync());

    public static Task<Answer> ScanAllAsync(this Person kiosk, params object[] scans) => kiosk.PostAsync("/api/members/visits/scans", new { scans });

    /// <summary>A scan that the device keeps for later: the code as it is now, and the device's time.</summary>
    public static async Task<KeptScan> KeepScanAsync(this Person member) =>
        new(await member.NextPassAsync(), NewId(), member.Platform.Clock.GetUtcNow());

    public static object Scan(string code, Guid? scanId = null, DateTimeOffset? at = null) => at is null
        ? new { code, scan_id = scanId ?? NewId() }
        : new { code, scan_id = scanId ?? NewId(), scanned_at = at };

    public static async Task<IReadOnlyList<JsonElement>> VisitsAsync(this Person member) =>
        [.. (await member.GetAsync("/api/members/visits")).Expect(HttpStatusCode.OK)["items"].EnumerateArray()];

    public static async Task<long> PeopleAtAsync(this Person anybody, Guid location) =>
        (await anybody.GetAsync($"/api/members/occupancy/{location}")).Expect(HttpStatusCode.OK)["people"].GetInt64();

    public static string? Word(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static DateTimeOffset Instant(this JsonElement json, string name) => json.GetProperty(name).GetDateTimeOffset();

    public static Guid NewId() => Guid.CreateVersion7();
}

/// <summary>What an offline device remembers of a scan.</summary>
internal sealed record KeptScan(string Code, Guid ScanId, DateTimeOffset At)
{
    public object Body => VisitSteps.Scan(Code, ScanId, At);
}
