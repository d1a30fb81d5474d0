using System.Text.Json;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>Whoever comes too late is told what else they can have: and can have it.</summary>
public sealed class AlternativeTests
{
    [Theory, InBothShapes]
    public async Task Whoever_comes_too_late_is_told_what_else_is_free_then_and_when_this_is_free_next(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (place, elsewhere) = (await platform.OpenPlaceAsync("Centro"), await platform.OpenPlaceAsync("Altrove"));
        var asked = await platform.FurnishAsync(place, "Asked", settings: "capacity = 4, buffer_after_minutes = 30");
        foreach (var (name, settings) in ((string, string)[])
            [("Large", "capacity = 12"), ("Fitting", "capacity = 3"), ("Tiny", "capacity = 2"), ("Staff", "bookable_by = 'staff'"), ("Broken", "status = 'out_of_service'"), ("Long", "min_minutes = 240")])
        {
            await platform.FurnishAsync(place, name, settings: settings);
        }

        await platform.FurnishAsync(elsewhere, "Far");
        await platform.FurnishAsync(place, "Desk", "desk");
        var busy = await platform.FurnishAsync(place, "Busy");
        var (ada, bob, from) = (await platform.BookerAsync(), await platform.BookerAsync(), platform.Wednesday(10));
        await bob.BookedAsync(asked, from, from.AddHours(2));
        await bob.HeldAsync(busy, from.AddHours(1));

        foreach (var key in (string?[])[null, $"{Guid.CreateVersion7()}"])
        {
            var refused = (await AskAsync(asked, from, key)).Expect(HttpStatusCode.Conflict, "space-taken");
            var alternatives = refused["alternatives"];
            Assert.Equal(["Fitting", "Large"], Spaces(alternatives).Select(space => space.GetProperty("name").GetString()));
            Assert.Equal(3, Spaces(alternatives)[0].GetProperty("capacity").GetInt32());
            var next = alternatives.GetProperty("next");
            Assert.Equal((from.AddHours(2.5), from.AddHours(4.5)), (next.GetProperty("from").GetDateTimeOffset(), next.GetProperty("until").GetDateTimeOffset()));
            Assert.DoesNotContain(bob.Id.ToString(), refused.Body, StringComparison.Ordinal);
        }

        var told = (await AskAsync(asked, from))["alternatives"];
        foreach (var space in Spaces(told))
        {
            (await AskAsync(space.GetProperty("id").GetGuid(), from)).Expect(HttpStatusCode.Created);
        }

        (await AskAsync(asked, told.GetProperty("next").GetProperty("from").GetDateTimeOffset())).Expect(HttpStatusCode.Created);
        var later = (await AskAsync(asked, from))["alternatives"];
        Assert.Empty(Spaces(later));
        Assert.True(later.GetProperty("next").GetProperty("from").GetDateTimeOffset() >= from.AddHours(5), later.ToString());

        Task<Answer> AskAsync(Guid space, DateTimeOffset at, string? key = null) =>
            ada.PostAsync("/api/bookings", new { space_id = space, starts_at = at, ends_at = at.AddHours(2), people = 3 }, key);
    }

    [Theory, InBothShapes]
    public async Task Of_hot_desks_another_area_is_told_and_of_a_desk_the_others_beside_it(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, place) = (await platform.AdminAsync(), await platform.AddOpenPlaceAsync());
        var ((area, desks), (other, _)) = (await admin.AddAreaAsync(place, 2), await admin.AddAreaAsync(place, 1));
        var (ada, bob, from) = (await platform.BookerAsync(), await platform.BookerAsync(), platform.Hour(24));
        await bob.BookedAsync(desks[0], from);

        Assert.Contains(desks[1], Ids((await ada.HoldAsync(desks[0], from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken")));
        await bob.BookedAsync(area, from, 3);
        var refused = (await ada.HoldAsync(area, from, from.AddHours(1))).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.Equal([other], Ids(refused));
        Assert.Equal(from.AddHours(1), refused["alternatives"].GetProperty("next").GetProperty("from").GetDateTimeOffset());
        (await ada.HoldAsync(other, from, from.AddHours(1))).Expect(HttpStatusCode.Created);
    }

    [Theory, InBothShapes]
    public async Task A_change_that_comes_too_late_is_told_where_else_it_can_go_until_the_booking_has_begun(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var place = await platform.AddOpenPlaceAsync();
        var (room, other) = (await platform.FurnishAsync(place, "Room"), await platform.FurnishAsync(place, "Other"));
        var (ada, bob, from) = (await platform.BookerAsync(), await platform.BookerAsync(), platform.Hour(24));
        await bob.BookedAsync(room, from.AddHours(1), 2);
        var mine = (await ada.BookedAsync(room, from)).Id;

        // An hour more is an hour too much: the booking's own time is no obstacle to it.
        var longer = new { ends_at = from.AddHours(2) };
        foreach (var refused in (Answer[])[await ada.ChangeAsync(mine, longer), await ada.PreviewAsync(mine, longer)])
        {
            Assert.Equal([other], Ids(refused.Expect(HttpStatusCode.Conflict, "space-taken")));
            Assert.Equal(from.AddHours(3), refused["alternatives"].GetProperty("next").GetProperty("from").GetDateTimeOffset());
        }

        (await ada.ChangeAsync(mine, new { space_id = other, longer.ends_at })).Expect(HttpStatusCode.OK);
        (await ada.ChangeAsync(mine, new { space_id = room, starts_at = from.AddHours(3), ends_at = from.AddHours(5) })).Expect(HttpStatusCode.OK);
        await bob.BookedAsync(room, from.AddHours(5));
        platform.Clock.MoveTo(from.AddHours(3));
        var begun = (await ada.ChangeAsync(mine, new { ends_at = from.AddHours(6) })).Expect(HttpStatusCode.Conflict, "space-taken");
        Assert.False(begun.Json.TryGetProperty("alternatives", out _), begun.Body);
    }

    private static IReadOnlyList<JsonElement> Spaces(JsonElement alternatives) => [.. alternatives.GetProperty("spaces").EnumerateArray()];

    private static Guid[] Ids(Answer refused) => [.. Spaces(refused["alternatives"]).Select(space => space.GetProperty("id").GetGuid())];
}
