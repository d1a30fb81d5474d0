using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Portico.Contracts.Demo;
using Portico.Platform.Modules;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>The demonstration's bookings are as true as everybody's.</summary>
[Trait("Category", "Proof")]
public sealed class DemoBookingsTests
{
    private static readonly Assembly Bookings = typeof(Portico.Bookings.BookingsModule).Assembly;

    [Fact]
    public async Task A_week_behind_and_a_week_ahead_are_lived_in_opening_hours_and_claim_what_they_take()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        platform.MoveToWednesday();
        await SeedAsync(platform);

        await platform.InvariantsHoldAsync();
        var standings = await platform.QueryAsync<string>("bookings", "select distinct status from bookings");
        Assert.Superset(
            new HashSet<string> { "held", "pending_approval", "awaiting_payment", "confirmed", "checked_in", "completed", "cancelled", "no_show" }, standings.ToHashSet());
        Assert.Equal(
            ["desk", "event_hall", "hot_desk_area", "office", "room"],
            await platform.QueryAsync<string>("bookings", "select distinct kind from bookings join spaces on spaces.id = space_id order by kind"));
        Assert.InRange((await CountAsync(platform, "bookings"))[0], 200, 1000);
        Assert.Equal(3, (await platform.QueryAsync<Guid>("bookings", "select distinct location_id from bookings")).Count);

        // Nothing is over that has not begun, and nothing goes on that is over: not even one more second has passed.
        var now = platform.Clock.GetUtcNow();
        Assert.Equal([0L], await platform.QueryAsync<long>(
            "bookings",
            """
            select count(*) from bookings
            where status in ('completed', 'no_show', 'checked_in') and starts_at > @now or status in ('confirmed', 'checked_in') and ends_at <= @now
               or created_at > @now or coalesce(ended_at, checked_in_at, @now) > @now
            """, new { now }));
        // By the clock of the place: nobody works there at night.
        Assert.Equal([0L], await platform.QueryAsync<long>(
            "bookings",
            """
            select count(*) from bookings join locations on locations.id = location_id
            where (starts_at at time zone time_zone)::time < '07:00' or (ends_at at time zone time_zone)::time > '22:00'
            """));
    }

    [Fact]
    public async Task A_second_start_adds_nothing_and_a_place_that_somebody_has_booked_is_left_alone()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        platform.MoveToWednesday();
        var admin = await platform.AdminAsync();
        await SeedAsync(platform, demo => demo.GetType().Name is "DemoLocations" or "DemoSpaces");
        var room = (await admin.GetAsync($"/api/bookings/spaces?location_id={DemoPlaces.Torino}&kind=room")).Expect(HttpStatusCode.OK)["items"][0].GetProperty("id").GetGuid();
        var mine = (await admin.HoldAsync(room, platform.Today(33), platform.Today(34))).Expect(HttpStatusCode.Created).Id;

        await SeedAsync(platform);
        Assert.Equal([mine], await platform.QueryAsync<Guid>("bookings", "select id from bookings where location_id = @Torino", new { DemoPlaces.Torino }));
        var made = await CountAsync(platform, "bookings", "floor_changes", "credit_entries", "blocks", "waiting_entries", "teams");
        Assert.All(made, rows => Assert.True(rows > 0));
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        await SeedAsync(platform);
        Assert.Equal(made[3..], (await CountAsync(platform, "bookings", "floor_changes", "credit_entries", "blocks", "waiting_entries", "teams"))[3..]);
        Assert.Equal(made[0], (await CountAsync(platform, "bookings"))[0]);
    }

    private static async Task<List<long>> CountAsync(RunningPlatform platform, params string[] tables)
    {
        List<long> counts = [];
        foreach (var table in tables)
        {
            counts.Add((await platform.QueryAsync<long>("bookings", $"select count(*) from {table}"))[0]);
        }

        return counts;
    }

    private static async Task SeedAsync(RunningPlatform platform, Func<IDemoData, bool>? only = null)
    {
        await using var scope = platform.Apps[0].Services.CreateAsyncScope();
        foreach (var demo in scope.ServiceProvider.GetServices<IDemoData>().Where(demo => demo.GetType().Assembly == Bookings && only?.Invoke(demo) is not false))
        {
            await demo.SeedAsync(CancellationToken.None);
        }
    }
}
