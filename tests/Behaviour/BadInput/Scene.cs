using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.BadInput;

/// <summary>A platform with a little of everything in it, so that what is refused is refused for what is wrong with it.</summary>
internal sealed class Scene
{
    private readonly Dictionary<string, Guid> known;
    private readonly SampleBodies samples;

    private Scene(RunningPlatform platform, IReadOnlyList<Person> people, Dictionary<string, Guid> known)
    {
        (this.known, People) = (known, people);
        samples = new(known, platform.Clock.GetUtcNow());
        Bodies = new(samples);
        Routes = DiscoveredRoute.Of(platform);
    }

    /// <summary>An administrator, a member and a device.</summary>
    public IReadOnlyList<Person> People { get; }

    public IReadOnlyList<DiscoveredRoute> Routes { get; }

    public BadBodies Bodies { get; }

    /// <summary>The route's path with ids that exist, as far as somebody made such a thing.</summary>
    public string PathOf(DiscoveredRoute route) => route.Parameters is [] ? route.Pattern : route.PathWith(parameter =>
    {
        var literals = route.Pattern.Split('/').TakeWhile(segment => !segment.StartsWith($"{{{parameter.Name}", StringComparison.Ordinal)).Reverse();
        var kind = parameter.Name == "id" ? literals.FirstOrDefault(segment => !segment.StartsWith('{')) ?? "" : parameter.Name;
        return kind == "date" ? "2026-12-25" : (known.TryGetValue(kind, out var id) ? id : Guid.CreateVersion7()).ToString();
    });

    public byte[] BodyFor(DiscoveredRoute route) => Encoding.UTF8.GetBytes(samples.Of(route.BodyType!).ToJsonString());

    public static async Task<Scene> SetAsync(RunningPlatform platform)
    {
        var admin = await platform.AdminAsync();
        var member = await platform.MemberAsync();
        var kiosk = await platform.KioskAsync();
        var other = await platform.MemberAsync();
        var place = (await admin.PostAsync("/api/bookings/locations", new { name = "Centro", time_zone = "Europe/Rome" })).Expect(HttpStatusCode.Created).Id;
        (await admin.PutAsync($"/api/bookings/locations/{place}/staff/{kiosk.Id}", new { duty = "kiosk" })).Expect(HttpStatusCode.OK);
        await platform.ToldAsync("bookings", place);
        var starts = platform.Clock.GetUtcNow().AddHours(1);
        var evening = (await admin.PostAsync("/api/members/events", new
        {
            location_id = place,
            name = "Evening",
            place = "Hall",
            starts_at = starts,
            ends_at = starts.AddHours(2),
        })).Expect(HttpStatusCode.Created).Id;
        var plan = (await admin.PostAsync("/api/bookings/plans", new { name = "Gold", monthly_credit_hours = 10 })).Expect(HttpStatusCode.Created).Id;
        var team = (await admin.PostAsync("/api/bookings/teams", new { name = "Acme", plan_id = plan })).Expect(HttpStatusCode.Created).Id;
        var calendar = (await admin.PostAsync("/api/bookings/calendars")).Expect(HttpStatusCode.Created).Id;
        var (room, desk, area) = (await admin.AddSpaceAsync(place), await admin.AddSpaceAsync(place, "desk"), await admin.AddSpaceAsync(place, "hot_desk_area"));
        var coffee = await admin.AddAmenityAsync(place, "Coffee", 1);
        var block = (await admin.BlockAsync(room, starts.AddDays(30), starts.AddDays(31))).Expect(HttpStatusCode.Created).Id;
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<int>("auth", "select count(*)::int from outbox")).Single() == 0, "the scene does not settle");
        return new(platform, [admin, member, kiosk], new()
        {
            ["locations"] = place,
            ["location_id"] = place,
            ["events"] = evening,
            ["spaces"] = desk,
            ["space_id"] = room,
            ["area_id"] = area,
            ["part_id"] = room,
            ["amenities"] = coffee,
            ["amenity_id"] = coffee,
            ["blocks"] = block,
            ["users"] = other.Id,
            ["directory"] = other.Id,
            ["members"] = other.Id,
            ["member_id"] = other.Id,
            ["account_id"] = other.Id,
            ["plans"] = plan,
            ["plan_id"] = plan,
            ["teams"] = team,
            ["calendars"] = calendar,
        });
    }
}

internal static class BodyMetadata
{
    /// <summary>Whether the route answers a request without a body, too.</summary>
    public static bool BodyMayBeEmpty(this DiscoveredRoute route) => route.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.IsOptional == true;
}
