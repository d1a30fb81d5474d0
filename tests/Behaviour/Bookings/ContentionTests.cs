namespace Portico.Tests.Behaviour.Bookings;

public sealed class ContentionTests
{
    [Theory, InBothShapes]
    public async Task Everybody_who_looks_counts_for_a_minute_and_nobody_twice(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        var place = await platform.AddPlaceAsync();
        var (room, other) = (await platform.AddSpaceAsync(place), await platform.AddSpaceAsync(place));
        Assert.Equal(1, await LookingAsync(anna, room));
        Assert.Equal(1, await LookingAsync(anna, room));
        Assert.Equal(2, await LookingAsync(bob, room));
        Assert.Equal(2, await LookingAsync(anna, room));
        Assert.Equal(1, await LookingAsync(bob, other));

        platform.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(2, await LookingAsync(bob, room));
        platform.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(2, await LookingAsync(anna, room));
        platform.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, await LookingAsync(bob, other));
        Assert.Equal(2, await LookingAsync(bob, room));
        platform.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(1, await LookingAsync(anna, room));

        (await anna.GetAsync($"/api/bookings/spaces/{Guid.CreateVersion7()}/contention")).Expect(HttpStatusCode.NotFound, "space-not-found");
        (await platform.Somebody().GetAsync($"/api/bookings/spaces/{room}/contention")).Expect(HttpStatusCode.Unauthorized, "not-signed-in");
        (await anna.GetAsync($"/api/bookings/spaces/{room}/contention?from=2026-11-21T10:00:00Z&to=2026-11-21T10:00:00Z")).Expect(HttpStatusCode.BadRequest, "invalid");
    }

    [Theory, InBothShapes]
    public async Task Holds_that_touch_the_time_are_counted_until_they_lapse_and_nobody_is_named(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        var place = await platform.AddPlaceAsync();
        var area = await platform.AddSpaceAsync(place, "hot_desk_area");
        await platform.AddSpaceAsync(place, "desk", area: area);
        await platform.AddSpaceAsync(place, "desk", area: area);
        var first = (await anna.HoldAsync(area, platform.Wednesday(10), platform.Wednesday(11))).Expect(HttpStatusCode.Created);
        platform.Clock.Advance(TimeSpan.FromMinutes(5));
        (await anna.HoldAsync(area, platform.Wednesday(10), platform.Wednesday(11))).Expect(HttpStatusCode.Created);
        var sure = await anna.HoldingAsync(area, platform.Wednesday(14), platform.Wednesday(15));
        (await anna.PostAsync($"/api/bookings/{sure}/confirm", new { })).Expect(HttpStatusCode.OK);

        var both = await ContentionAsync(bob, area, platform.Wednesday(10.5), platform.Wednesday(12));
        Assert.Equal(2, both["holding"].GetInt32());
        Assert.Equal(first["expires_at"].GetDateTimeOffset(), both["held_until"].GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain($"{anna.Id}", both.Body, StringComparison.Ordinal);
        Assert.Equal(0, (await ContentionAsync(bob, area, platform.Wednesday(11), platform.Wednesday(16)))["holding"].GetInt32());
        Assert.Equal(2, (await bob.GetAsync($"/bookings/spaces/{area}/contention")).Expect(HttpStatusCode.OK)["holding"].GetInt32());

        (await bob.PostAsync("/api/bookings/waiting-list", new { space_id = area, starts_at = platform.Wednesday(10), ends_at = platform.Wednesday(11) })).Expect(HttpStatusCode.Created);
        Assert.Equal(1, (await ContentionAsync(anna, area, platform.Wednesday(10.5), platform.Wednesday(12)))["waiting"].GetInt32());
        Assert.Equal(0, (await ContentionAsync(anna, area, platform.Wednesday(11), platform.Wednesday(12)))["waiting"].GetInt32());

        platform.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await ContentionAsync(bob, area, platform.Wednesday(10), platform.Wednesday(11)))["holding"].GetInt32());
        platform.Clock.Advance(TimeSpan.FromMinutes(5));
        var none = await ContentionAsync(bob, area, platform.Wednesday(10), platform.Wednesday(11));
        Assert.Equal((0, System.Text.Json.JsonValueKind.Null), (none["holding"].GetInt32(), none["held_until"].ValueKind));
    }

    [Fact]
    public async Task Who_no_longer_looks_is_forgotten()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, new() { ["Schedules:forget-views:Every"] = "00:00:01" });
        var anna = await platform.MemberAsync();
        var room = await platform.AddSpaceAsync(await platform.AddPlaceAsync());
        await LookingAsync(anna, room);
        platform.Clock.Advance(TimeSpan.FromSeconds(61));
        await Eventually.TrueAsync(async () => (await platform.QueryAsync<Guid>("bookings", "select member_id from space_views")).Count == 0, "it is still known who looked");
    }

    private static async Task<int> LookingAsync(Person person, Guid space) =>
        (await person.GetAsync($"/api/bookings/spaces/{space}/contention")).Expect(HttpStatusCode.OK)["looking"].GetInt32();

    private static async Task<Answer> ContentionAsync(Person person, Guid space, DateTimeOffset from, DateTimeOffset to) =>
        (await person.GetAsync($"/api/bookings/spaces/{space}/contention?from={from.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}&to={to.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}")).Expect(HttpStatusCode.OK);
}
