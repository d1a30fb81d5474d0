using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class CompositeTests
{
    private const string Spaces = "/api/bookings/spaces";

    [Theory, InBothShapes]
    public async Task A_hall_takes_its_rooms_and_a_room_takes_the_hall(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var (blue, red, green) = (await admin.AddSpaceAsync(here, name: "Blue"), await admin.AddSpaceAsync(here, name: "Red"), await admin.AddSpaceAsync(here));
        var hall = await admin.AddWholeAsync(here, blue, red);
        var house = await admin.AddWholeAsync(here, hall, green);
        var shown = await anna.GetAsync($"{Spaces}/{hall}");
        Assert.Equal(["Blue", "Red"], shown["parts"].EnumerateArray().Select(part => part.Word("name")!));
        Assert.Equal(house, Assert.Single(shown["part_of"].EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(2, (await anna.GetAsync($"{Spaces}/{red}"))["part_of"].GetArrayLength());

        var all = (await anna.HoldAsync(hall, platform.Wednesday(9), platform.Wednesday(10))).Expect(HttpStatusCode.Created).Id;
        await Assert.AllAsync([blue, red, hall, house], async space => (await bob.HoldAsync(space, platform.Wednesday(9.5), platform.Wednesday(10.5))).Expect(HttpStatusCode.Conflict, "space-taken"));
        (await bob.HoldAsync(green, platform.Wednesday(9.5), platform.Wednesday(10.5))).Expect(HttpStatusCode.Created);
        (await bob.HoldAsync(red, platform.Wednesday(12), platform.Wednesday(13))).Expect(HttpStatusCode.Created);
        await Assert.AllAsync([hall, house], async space => (await anna.HoldAsync(space, platform.Wednesday(12.5), platform.Wednesday(13.5))).Expect(HttpStatusCode.Conflict, "space-taken"));
        (await anna.HoldAsync(blue, platform.Wednesday(12), platform.Wednesday(13))).Expect(HttpStatusCode.Created);

        (await anna.PostAsync($"/api/bookings/{all}/cancel")).Expect(HttpStatusCode.OK);
        (await bob.HoldAsync(blue, platform.Wednesday(9), platform.Wednesday(10))).Expect(HttpStatusCode.Created);

        // Out of service is out of service with all it is a part of.
        (await admin.PatchAsync($"{Spaces}/{red}", new { status = "out_of_service" })).Expect(HttpStatusCode.OK);
        Assert.False((await bob.HoldAsync(house, platform.Wednesday(15), platform.Wednesday(16))).Succeeded);
        (await bob.HoldAsync(blue, platform.Wednesday(15), platform.Wednesday(16))).Expect(HttpStatusCode.Created);
    }

    [Theory, InBothShapes]
    public async Task What_makes_no_whole_is_refused_with_the_reason(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        var (room, other, elsewhere, gone) = (await admin.AddSpaceAsync(here), await admin.AddSpaceAsync(here), await admin.AddSpaceAsync(there), await admin.AddSpaceAsync(here));
        var hall = await admin.AddWholeAsync(here, room);
        var house = await admin.AddWholeAsync(here, hall);
        var (area, desks) = await admin.AddAreaAsync(here, 2);
        (await admin.PostAsync($"{Spaces}/{gone}/retire")).Expect(HttpStatusCode.OK);

        foreach (var (part, reason) in ((Guid, string)[])
            [(VisitSteps.NewId(), "unknown"), (elsewhere, "elsewhere"), (gone, "retired"), (area, "hot_desk_area"), (hall, "circle"), (house, "circle")])
        {
            var refused = (await admin.PutAsync($"{Spaces}/{hall}/parts", new { part_ids = new[] { other, part } })).Expect(HttpStatusCode.UnprocessableEntity, "parts-unfit");
            var told = Assert.Single(refused["parts"].EnumerateArray());
            Assert.Equal((part, reason), (told.GetProperty("id").GetGuid(), told.Word("reason")));
        }

        (await admin.PutAsync($"{Spaces}/{desks[0]}/parts", new { part_ids = new[] { other } })).Expect(HttpStatusCode.UnprocessableEntity, "parts-unfit");
        (await admin.PutAsync($"{Spaces}/{area}/parts", new { part_ids = new[] { other } })).Expect(HttpStatusCode.UnprocessableEntity, "parts-unfit");
        (await admin.PostAsync($"{Spaces}/{room}/retire")).Expect(HttpStatusCode.Conflict, "space-is-part");
        Assert.Equal([room], (await admin.GetAsync($"{Spaces}/{hall}"))["parts"].EnumerateArray().Select(part => part.GetProperty("id").GetGuid()));

        // A desk of an area may be a part: whoever has the hall has it.
        (await admin.PutAsync($"{Spaces}/{hall}/parts", new { part_ids = new[] { room, desks[0] } })).Expect(HttpStatusCode.OK);
        (await admin.PostAsync($"{Spaces}/{area}/retire")).Expect(HttpStatusCode.Conflict, "space-is-part");
        var anna = await platform.MemberAsync();
        (await anna.HoldAsync(house, platform.Wednesday(9), platform.Wednesday(10))).Expect(HttpStatusCode.Created);
        Assert.Equal(desks[1], (await anna.HoldAsync(area, platform.Wednesday(9), platform.Wednesday(10))).Expect(HttpStatusCode.Created)["desk"].GetProperty("id").GetGuid());
        (await anna.HoldAsync(area, platform.Wednesday(9), platform.Wednesday(10))).Expect(HttpStatusCode.Conflict, "space-taken");
    }

    [Theory, InBothShapes]
    public async Task What_is_booked_keeps_its_parts(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var (blue, red) = (await admin.AddSpaceAsync(here), await admin.AddSpaceAsync(here));
        var hall = await admin.AddWholeAsync(here, blue);
        var booking = await anna.BookAsync(hall, platform.Wednesday(9), platform.Wednesday(10));
        var of = new { part_ids = new[] { blue, red } };

        (await admin.PutAsync($"{Spaces}/{hall}/parts", new { part_ids = new[] { blue } })).Expect(HttpStatusCode.OK);
        var refused = (await admin.PutAsync($"{Spaces}/{hall}/parts", of)).Expect(HttpStatusCode.Conflict, "space-has-bookings");
        Assert.Equal(booking, Assert.Single(refused["bookings"].EnumerateArray()).GetProperty("id").GetGuid());
        (await anna.PostAsync($"/api/bookings/{booking}/cancel")).Expect(HttpStatusCode.OK);
        var block = (await admin.PostAsync("/api/bookings/blocks", new { space_id = hall, starts_at = platform.Wednesday(9), ends_at = platform.Wednesday(10), reason = "Paint" })).Expect(HttpStatusCode.Created).Id;
        Assert.Equal(block, Assert.Single((await admin.PutAsync($"{Spaces}/{hall}/parts", of)).Expect(HttpStatusCode.Conflict, "space-has-bookings")["block_ids"].EnumerateArray()).GetGuid());
        (await admin.DeleteAsync($"/api/bookings/blocks/{block}")).Expect(HttpStatusCode.NoContent);
        await anna.BookAsync(red, platform.Wednesday(12), platform.Wednesday(13));
        (await admin.PutAsync($"{Spaces}/{hall}/parts", of)).Expect(HttpStatusCode.OK);
        (await anna.HoldAsync(hall, platform.Wednesday(12), platform.Wednesday(13))).Expect(HttpStatusCode.Conflict, "space-taken");
    }

    [Theory, InBothShapes]
    public async Task Hall_and_rooms_at_once_are_never_both_given(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, members) = (await platform.AdminAsync(), await platform.MembersAsync(12));
        var here = await admin.AddLocationAsync();
        var (blue, red) = (await admin.AddSpaceAsync(here), await admin.AddSpaceAsync(here));
        // Both ways round, so that nobody is lucky with the order of locks.
        Guid[] asked = [blue, await admin.AddWholeAsync(here, blue, red), red, await admin.AddWholeAsync(here, red, blue)];
        for (var round = 0; round < 20; round++)
        {
            var (from, to) = (platform.Wednesday(8).AddDays(round % 4 * 7), platform.Wednesday(9).AddDays(round % 4 * 7));
            (from, to) = (from.AddHours(round / 4), to.AddHours(round / 4));
            var answers = await Task.WhenAll(members.Select(async (member, index) => (Space: asked[index % asked.Length], Answer: await member.HoldAsync(asked[index % asked.Length], from, to))));
            Assert.All(answers.Where(one => one.Answer.Status is not HttpStatusCode.Created), one => one.Answer.Expect(HttpStatusCode.Conflict, "space-taken"));
            var given = answers.Where(one => one.Answer.Succeeded).Select(one => one.Space).ToList();
            Assert.Equal(given.Distinct(), given);
            Assert.True(given is [var only] || given.Order().SequenceEqual(((Guid[])[blue, red]).Order()), $"{given.Count} were given");
        }
    }
}
