using System.Text.Json;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What somebody sees who looks at the plan on the wall.</summary>
[Trait("Category", "Proof")]
public sealed class FloorTests
{
    [Theory, InBothShapes]
    public async Task The_floor_shows_who_is_there_and_until_when(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToWednesday();
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync(new { buffer_after_minutes = 15, step_minutes = 5, min_minutes = 5 });
        Assert.Equal("free", State(await bob.LookAsync(stay.Location, stay.Room)));

        var booking = await anna.BookAsync(stay.Room, 0, 60);
        // Nobody is there yet, and its time has not begun.
        Assert.Equal("free", State(await bob.LookAsync(stay.Location, stay.Room)));
        (await admin.PostAsync($"/api/bookings/{booking}/check-in")).Expect(HttpStatusCode.OK);
        var (hers, his) = (await anna.LookAsync(stay.Location, stay.Room), await bob.LookAsync(stay.Location, stay.Room));
        Assert.Equal(("occupied", "occupied"), (State(hers), State(his)));
        Assert.Equal(platform.Today(10.25), his.GetProperty("taken_until").GetDateTimeOffset());
        Assert.Equal(booking.ToString(), hers.GetProperty("booking_id").GetString());
        Assert.Equal(JsonValueKind.Null, his.GetProperty("booking_id").ValueKind);

        // It is over, and being cleared up; then anybody can have it.
        await platform.MoveToAsync(platform.Today(10).AddMinutes(1), admin, anna, bob);
        await anna.BecomesAsync(booking, "completed");
        Assert.Equal("booked", State(await bob.LookAsync(stay.Location, stay.Room)));
        await platform.MoveToAsync(platform.Today(10.25), bob);
        Assert.Equal("free", State(await bob.LookAsync(stay.Location, stay.Room)));
    }

    [Fact]
    public async Task Holds_blocks_halls_and_desks_show_what_they_take()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var place = await platform.AddPlaceAsync();
        var (room, other) = (await admin.AddSpaceAsync(place, settings: new { step_minutes = 5 }), await admin.AddSpaceAsync(place));
        var hall = await admin.AddWholeAsync(place, room, other);
        var (area, _) = await admin.AddAreaAsync(place, 2);
        var now = platform.Clock.GetUtcNow();
        var start = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.FromMinutes(5).Ticks), TimeSpan.Zero);
        (await anna.HoldAsync(room, start, start.AddHours(1))).Expect(HttpStatusCode.Created);
        (await admin.BlockAsync(other, start, start.AddHours(2))).Expect(HttpStatusCode.Created);

        Assert.Equal("held", State(await anna.LookAsync(place, room)));
        Assert.Equal("blocked", State(await anna.LookAsync(place, other)));
        Assert.NotEqual("free", State(await anna.LookAsync(place, hall)));
        Assert.Equal(2, (await anna.LookAsync(place, area)).GetProperty("free_desks").GetInt32());
        (await admin.BlockAsync(area, start, start.AddHours(2))).Expect(HttpStatusCode.Created);
        Assert.Equal((0, "booked"), ((await anna.LookAsync(place, area)).GetProperty("free_desks").GetInt32(), State(await anna.LookAsync(place, area))));

        // A hold that has lapsed takes nothing, noticed or not.
        await platform.MoveToAsync(now.AddMinutes(16), anna);
        Assert.Equal("free", State(await anna.LookAsync(place, room)));
        (await anna.GetAsync($"/api/bookings/floor?location_id={Guid.CreateVersion7()}")).Expect(HttpStatusCode.NotFound, "location-not-found");
    }

    [Fact]
    public async Task What_happens_after_a_look_is_told_by_the_stream_from_there()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var anna = await platform.MemberAsync();
        var place = await platform.AddPlaceAsync();
        var room = await platform.AddSpaceAsync(place);
        var first = await anna.HoldingAsync(room, platform.Wednesday(9), platform.Wednesday(10));
        var seq = 0L;
        await Eventually.TrueAsync(
            async () => (seq = (await anna.GetAsync($"/api/bookings/floor?location_id={place}")).Expect(HttpStatusCode.OK)["seq"].GetInt64()) > 0, "it is not numbered");
        var second = await anna.HoldingAsync(room, platform.Wednesday(11), platform.Wednesday(12));

        await using var stream = await LiveStream.OpenAsync(anna, $"?after={seq}");
        var told = await stream.NextAsync("floor");
        Assert.Equal((second.ToString(), seq + 1), (told.Text("booking_id"), told.Seq));
        Assert.NotEqual(first, second);
    }

    private static string? State(JsonElement space) => space.GetProperty("state").GetString();
}
