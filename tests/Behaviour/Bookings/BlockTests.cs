using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class BlockTests
{
    private const string Blocks = "/api/bookings/blocks";

    [Theory, InBothShapes]
    public async Task A_blocked_space_is_not_to_be_had_until_the_block_is_lifted(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(here, manager, "manager");
        var (room, other) = (await admin.AddSpaceAsync(here, name: "Blue"), await admin.AddSpaceAsync(there));
        var (nine, noon) = (platform.Wednesday(9), platform.Wednesday(12));

        var block = (await manager.BlockAsync(room, nine, noon)).Expect(HttpStatusCode.Created);
        Assert.Equal(("Blue", "Paint", 0), (block["space"].Word("name"), block.Text("reason"), block["bookings"].GetArrayLength()));
        var refused = (await anna.HoldAsync(room, platform.Wednesday(11), platform.Wednesday(13))).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Contains("block", refused.Body, StringComparison.Ordinal);
        Assert.Equal(block.Id, Assert.Single((await manager.BlockAsync(room, platform.Wednesday(11), platform.Wednesday(14))).Expect(HttpStatusCode.Conflict, "block-overlaps")["block_ids"].EnumerateArray()).GetGuid());
        // It has no buffers of its own.
        (await manager.BlockAsync(room, noon, platform.Wednesday(13))).Expect(HttpStatusCode.Created);

        Assert.Equal(2, (await manager.GetAsync($"{Blocks}?location_id={here}")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        Assert.Equal(block.Id, Assert.Single((await manager.GetAsync($"{Blocks}?space_id={room}&to={Text(noon)}"))["items"].EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(1, (await manager.GetAsync($"{Blocks}?from={Text(noon)}"))["items"].GetArrayLength());
        (await anna.GetAsync(Blocks)).Expect(HttpStatusCode.Forbidden);
        (await anna.BlockAsync(room, nine, noon)).Expect(HttpStatusCode.Forbidden);
        (await manager.BlockAsync(other, nine, noon)).Expect(HttpStatusCode.NotFound, "space-not-found");
        var elsewhere = (await admin.BlockAsync(other, nine, noon)).Expect(HttpStatusCode.Created);
        (await manager.DeleteAsync($"{Blocks}/{elsewhere.Id}")).Expect(HttpStatusCode.NotFound, "block-not-found");
        Assert.Equal(2, (await manager.GetAsync(Blocks))["items"].GetArrayLength());
        Assert.Equal(3, (await admin.GetAsync(Blocks))["items"].GetArrayLength());

        (await manager.DeleteAsync($"{Blocks}/{block.Id}")).Expect(HttpStatusCode.NoContent);
        (await manager.DeleteAsync($"{Blocks}/{block.Id}")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(1, (await manager.GetAsync(Blocks))["items"].GetArrayLength());
        Assert.Equal(2, (await manager.GetAsync($"{Blocks}?lifted=true"))["items"].GetArrayLength());
        (await anna.HoldAsync(room, nine, noon)).Expect(HttpStatusCode.Created);
        Assert.Equal(
            ["block", "lift"],
            await platform.QueryAsync<string>("bookings", "select act from floor_changes where block_id = @Id order by id", new { block.Id }));

        (await manager.BlockAsync(room, noon, noon)).Expect(HttpStatusCode.BadRequest, "invalid");
        (await manager.BlockAsync(room, nine, nine.AddYears(3))).Expect(HttpStatusCode.UnprocessableEntity, "block-too-long");
        (await manager.BlockAsync(room, nine.AddDays(-30), nine.AddDays(-29))).Expect(HttpStatusCode.UnprocessableEntity, "block-in-the-past");
        await platform.MoveToAsync(platform.Wednesday(24), admin);
        (await admin.DeleteAsync($"{Blocks}/{elsewhere.Id}")).Expect(HttpStatusCode.Conflict, "block-over");
    }

    [Theory, InBothShapes]
    public async Task Bookings_in_the_way_are_told_or_called_off(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var (room, spare) = (await admin.AddSpaceAsync(here, settings: new { buffer_after_minutes = 30 }), await admin.AddSpaceAsync(here, settings: new { capacity = 4 }, name: "Spare"));
        await admin.AddSpaceAsync(here, "office");
        var (nine, ten, noon) = (platform.Wednesday(9), platform.Wednesday(10), platform.Wednesday(12));
        var booking = await anna.BookAsync(room, nine, ten);
        var held = (await anna.HoldAsync(room, platform.Wednesday(11), noon)).Expect(HttpStatusCode.Created).Id;

        // The half hour in which it is cleared up is in the way too.
        var refused = (await admin.BlockAsync(room, ten, noon)).Expect(HttpStatusCode.Conflict, "block-has-bookings");
        Assert.Equal([booking, held], refused["bookings"].EnumerateArray().Select(met => met.GetProperty("id").GetGuid()));
        var told = refused["bookings"][0];
        Assert.Equal((anna.Id, "confirmed", "Spare"), (told.GetProperty("member_id").GetGuid(), told.Word("status"), told.GetProperty("could_move_to").Word("name")));
        await anna.BookAsync(spare, nine, ten);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await admin.BlockAsync(room, ten, noon))["bookings"][0].GetProperty("could_move_to").ValueKind);
        (await admin.BlockAsync(room, platform.Wednesday(10.5), platform.Wednesday(11))).Expect(HttpStatusCode.Created);

        platform.Clock.Advance(TimeSpan.FromMinutes(20));
        var block = (await admin.BlockAsync(room, nine.AddHours(-1), ten.AddMinutes(30), "cancel")).Expect(HttpStatusCode.Created);
        var displaced = Assert.Single(block["bookings"].EnumerateArray());
        Assert.Equal((booking, "cancelled"), (displaced.GetProperty("id").GetGuid(), displaced.Word("outcome")));
        Assert.Equal("cancelled", (await anna.GetAsync($"/api/bookings/{booking}")).Text("status"));
        var trace = (await anna.GetAsync($"/api/bookings/{booking}/changes")).Json.EnumerateArray().Last();
        Assert.Equal(("cancel", "Paint", admin.Id), (trace.Word("act"), trace.Word("reason"), trace.GetProperty("by_id").GetGuid()));
        // What had only been held, and not confirmed in time, is in nobody's way.
        Assert.Empty((await admin.BlockAsync(room, ten.AddHours(1), noon)).Expect(HttpStatusCode.Created)["bookings"].EnumerateArray());
    }

    [Theory, InBothShapes]
    public async Task Bookings_in_the_way_move_where_they_fit(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var room = await admin.AddSpaceAsync(here, settings: new { floor = "1" });
        var near = await admin.AddSpaceAsync(here, settings: new { floor = "1", capacity = 12 }, name: "Near");
        await admin.AddSpaceAsync(here, settings: new { floor = "1", capacity = 5, bookable_by = "staff" });
        var far = await admin.AddSpaceAsync(here, settings: new { floor = "2", capacity = 3 }, name: "Far");
        var (nine, ten, noon) = (platform.Wednesday(9), platform.Wednesday(10), platform.Wednesday(12));
        var (early, late) = (await anna.BookAsync(room, nine, ten), await anna.BookAsync(room, ten, noon));
        await anna.BookAsync(near, ten, noon);

        var answer = (await admin.BlockAsync(room, nine, noon, "move")).Expect(HttpStatusCode.Created);
        Assert.Equal(
            [(early, "moved", "Near"), (late, "moved", "Far")],
            answer["bookings"].EnumerateArray().Select(one => (one.GetProperty("id").GetGuid(), one.Word("outcome")!, one.GetProperty("space").Word("name")!)));
        var moved = await anna.GetAsync($"/api/bookings/{early}");
        Assert.Equal((near, "confirmed"), (moved["space"].GetProperty("id").GetGuid(), moved.Text("status")));
        (await anna.HoldAsync(near, nine, ten)).Expect(HttpStatusCode.Conflict, "space-taken");
        var trace = (await anna.GetAsync($"/api/bookings/{early}/changes")).Json.EnumerateArray().Last();
        Assert.Equal(("move", "Paint", "confirmed"), (trace.Word("act"), trace.Word("reason"), trace.Word("to_status")));
        Assert.Equal(1, (await platform.QueryAsync<int>("bookings", "select count(*)::int from claims where booking_id = @early", new { early })).Single());

        // No room is left for the second of two.
        await anna.BookAsync(near, platform.Wednesday(14), platform.Wednesday(15));
        var last = await anna.BookAsync(far, platform.Wednesday(14), platform.Wednesday(15));
        (await admin.DeleteAsync($"{Blocks}/{answer.Id}")).Expect(HttpStatusCode.NoContent);
        await anna.BookAsync(room, platform.Wednesday(14), platform.Wednesday(15));
        var full = (await admin.BlockAsync(far, platform.Wednesday(14), platform.Wednesday(15), "move")).Expect(HttpStatusCode.Created);
        Assert.Equal((last, "cancelled"), (full["bookings"][0].GetProperty("id").GetGuid(), full["bookings"][0].Word("outcome")));
    }

    [Theory, InBothShapes]
    public async Task An_area_is_blocked_with_all_its_desks_and_a_hall_with_its_rooms(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var (area, desks) = await admin.AddAreaAsync(here, 2);
        var (nine, noon) = (platform.Wednesday(9), platform.Wednesday(12));
        var booking = (await anna.HoldAsync(area, nine, noon)).Expect(HttpStatusCode.Created);

        // One desk: its booking finds another in the area.
        var one = (await admin.BlockAsync(booking["desk"].GetProperty("id").GetGuid(), nine, noon, "move")).Expect(HttpStatusCode.Created);
        Assert.Equal(("moved", area), (one["bookings"][0].Word("outcome"), one["bookings"][0].GetProperty("space").GetProperty("id").GetGuid()));
        Assert.NotEqual(booking["desk"].GetProperty("id").GetGuid(), one["bookings"][0].GetProperty("desk").GetProperty("id").GetGuid());
        (await anna.HoldAsync(area, nine, noon)).Expect(HttpStatusCode.Conflict, "space-taken");

        (await admin.BlockAsync(area, nine.AddDays(7), noon.AddDays(7))).Expect(HttpStatusCode.Created);
        (await anna.HoldAsync(area, nine.AddDays(7), noon.AddDays(7))).Expect(HttpStatusCode.Conflict, "space-taken");
        (await anna.HoldAsync(desks[0], nine.AddDays(7), noon.AddDays(7))).Expect(HttpStatusCode.Conflict, "space-taken");
        // A desk that comes later is blocked with it, and one that is there does not leave.
        (await admin.PostAsync($"/api/bookings/spaces/{area}/desks", new { count = 1 })).Expect(HttpStatusCode.Created);
        (await anna.HoldAsync(area, nine.AddDays(7), noon.AddDays(7))).Expect(HttpStatusCode.Conflict, "space-taken");
        (await admin.PatchAsync($"/api/bookings/spaces/{desks[0]}", new { area_id = (Guid?)null })).Expect(HttpStatusCode.Conflict, "space-has-bookings");

        var rooms = new[] { await admin.AddSpaceAsync(here), await admin.AddSpaceAsync(here) };
        var hall = await admin.AddWholeAsync(here, rooms);
        var meeting = await anna.BookAsync(rooms[1], nine, noon);
        Assert.Equal(meeting, (await admin.BlockAsync(hall, nine, noon)).Expect(HttpStatusCode.Conflict, "block-has-bookings")["bookings"][0].GetProperty("id").GetGuid());
        (await admin.BlockAsync(hall, nine, noon, "cancel")).Expect(HttpStatusCode.Created);
        (await anna.HoldAsync(rooms[0], nine, noon)).Expect(HttpStatusCode.Conflict, "space-taken");
        (await admin.BlockAsync(rooms[0], nine.AddDays(1), noon.AddDays(1))).Expect(HttpStatusCode.Created);
        (await anna.HoldAsync(hall, nine.AddDays(1), noon.AddDays(1))).Expect(HttpStatusCode.Conflict, "space-taken");
    }

    [Theory, InBothShapes]
    public async Task Nobody_who_is_there_is_put_out(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var (room, _) = (await admin.AddSpaceAsync(here, settings: new { buffer_after_minutes = 60 }), await admin.AddSpaceAsync(here));
        var (nine, ten, noon) = (platform.Wednesday(9), platform.Wednesday(10), platform.Wednesday(12));
        var booking = await anna.BookAsync(room, nine, ten);
        await platform.MoveToAsync(nine, admin, anna);
        (await admin.PostAsync($"/api/bookings/{booking}/check-in")).Expect(HttpStatusCode.OK);

        foreach (var way in (string[])["refuse", "cancel", "move"])
        {
            Assert.Equal("checked_in", (await admin.BlockAsync(room, nine, noon, way)).Expect(HttpStatusCode.Conflict, "block-has-bookings")["bookings"][0].Word("status"));
        }

        // They have gone: nothing but their clearing up is left, and that is the block's business now.
        platform.Clock.MoveTo(nine.AddMinutes(30));
        (await anna.PostAsync($"/api/bookings/{booking}/check-out")).Expect(HttpStatusCode.OK);
        (await admin.BlockAsync(room, nine, noon)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_block_and_bookings_at_once_never_share_the_time()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (admin, members) = (await platform.AdminAsync(), await platform.MembersAsync(6));
        var here = await admin.AddLocationAsync();
        Guid[] rooms = [await admin.AddSpaceAsync(here), await admin.AddSpaceAsync(here)];
        var hall = await admin.AddWholeAsync(here, rooms);
        for (var round = 0; round < 15; round++)
        {
            var (from, to) = (platform.Wednesday(8).AddDays(round), platform.Wednesday(9).AddDays(round));
            var blocking = admin.BlockAsync(round % 2 == 0 ? hall : rooms[0], from, to, ((string[])["refuse", "cancel", "move"])[round % 3]);
            var holds = await Task.WhenAll(members.Select((member, index) => member.HoldAsync(index % 3 == 2 ? hall : rooms[index % 3], from, to)));
            Assert.All(holds.Append(await blocking), answer => Assert.True((int)answer.Status is 201 or 409 or 422, $"{answer}"));
            Assert.Empty(await platform.QueryAsync<Guid>(
                "bookings",
                """
                select bookings.id from bookings
                where bookings.status = 'held' and (select count(*) from claims where booking_id = bookings.id)
                    <> (select count(*) from space_units where space_id = bookings.space_id)
                """));
        }
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
}
