using System.Text.Json;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class AvailabilityTests
{
    [Theory, InBothShapes]
    public async Task Four_people_who_need_a_screen_find_the_rooms_they_can_have_and_what_these_cost(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (place, elsewhere) = (await platform.OpenPlaceAsync("Centro"), await platform.OpenPlaceAsync("Altrove"));
        var (small, large, bare) = (
            await platform.FurnishAsync(place, "Small", settings: "capacity = 3"),
            await platform.FurnishAsync(place, "Large", settings: """capacity = 6, prices = '{"hourly": 12.50}'"""),
            await platform.FurnishAsync(place, "Bare", settings: "capacity = 6"));
        var taken = await platform.FurnishAsync(place, "Taken", settings: "capacity = 6");
        await platform.FurnishAsync(elsewhere, "Far");
        var screen = await platform.AddAmenityAsync(place, "Screen", spaces: [small, large, taken]);
        var (ada, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        var (from, to) = (platform.Wednesday(9), platform.Wednesday(11));
        await bob.BookedAsync(taken, from.AddHours(-1), to.AddHours(-1));

        var answer = await ada.AvailableAsync(from, to, $"&capacity=4&amenity_id={screen}");

        Assert.Equal(["Large", "Taken"], answer.Items().Select(item => item.GetProperty("name").GetString()));
        var (free, other) = (answer.Items()[0], answer.Items()[1]);
        Assert.True(free.IsFree(), answer.Body);
        Assert.Empty(free.Reasons());
        Assert.Equal((25m, "EUR"), (free.GetProperty("price").GetProperty("total").GetDecimal(), free.GetProperty("price").GetProperty("currency").GetString()));
        Assert.Equal("Centro", free.GetProperty("location").GetProperty("name").GetString());
        Assert.False(other.IsFree());
        Assert.Equal(["taken"], other.Reasons());
        var reason = other.GetProperty("reasons")[0];
        Assert.Equal((from.AddHours(-1), to.AddHours(-1)), (reason.GetProperty("from").GetDateTimeOffset(), reason.GetProperty("until").GetDateTimeOffset()));
        Assert.DoesNotContain(bob.Id.ToString(), answer.Body, StringComparison.Ordinal);
        Assert.Equal(["Large"], await ada.FreeAsync(from, to, $"&capacity=4&amenity_id={screen}"));
        Assert.Equal(["Far", "Bare", "Large", "Small"], await ada.FreeAsync(from, to));
        Assert.Equal(["Far"], await ada.FreeAsync(from, to, "&city=altrove"));
        Assert.Equal(["Bare", "Large", "Small"], await ada.FreeAsync(from, to, $"&location_id={place}&kind=room"));
        Assert.Empty(await ada.FreeAsync(from, to, $"&location_id={place}&kind=desk"));
    }

    [Theory, InBothShapes]
    public async Task Whatever_is_in_the_way_of_a_time_is_told_and_until_when(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var room = await platform.FurnishAsync(await platform.OpenPlaceAsync("Centro"), "Room", settings: "buffer_after_minutes = 30");
        var (ada, bob, carla) = (await platform.BookerAsync(), await platform.BookerAsync(), await platform.BookerAsync());
        var ten = platform.Wednesday(10);
        await bob.BookedAsync(room, ten, ten.AddHours(1));
        var held = await bob.HeldAsync(room, ten.AddHours(2));
        await platform.BlockAsync(room, ten.AddHours(4), ten.AddHours(5));
        await carla.WaitAsync(room, ten.AddHours(2));

        await TellsAsync("taken", ten.AddMinutes(30), ten.AddHours(1), (ten, ten.AddHours(1)));
        // The other's clearing up; then this one's own, which meets the hold.
        await TellsAsync("buffer", ten.AddHours(1), ten.AddHours(1.5), (ten.AddHours(1), ten.AddHours(1.5)));
        await TellsAsync("held", ten.AddHours(2), ten.AddHours(3), (ten.AddHours(2), ten.AddHours(3)), held["expires_at"].GetDateTimeOffset());
        await TellsAsync("block", ten.AddHours(4), ten.AddHours(5), (ten.AddHours(4), ten.AddHours(5)));

        // A hold that has lapsed is in nobody's way but theirs who waited for it.
        platform.Clock.MoveTo(held["expires_at"].GetDateTimeOffset());
        await TellsAsync("waiting_list", ten.AddHours(2), ten.AddHours(3), (ten.AddHours(2), ten.AddHours(3)));
        Assert.Empty(await carla.WhyNotAsync(room, ten.AddHours(2), ten.AddHours(3)));

        async Task TellsAsync(string reason, DateTimeOffset from, DateTimeOffset to, (DateTimeOffset, DateTimeOffset) obstacle, DateTimeOffset? heldUntil = null)
        {
            var answer = await ada.AvailableAsync(from, to);
            var told = Assert.Single(answer.Items()[0].GetProperty("reasons").EnumerateArray());
            Assert.Equal(reason, told.GetProperty("reason").GetString());
            Assert.Equal(obstacle, (told.GetProperty("from").GetDateTimeOffset(), told.GetProperty("until").GetDateTimeOffset()));
            Assert.Equal(heldUntil is null ? JsonValueKind.Null : JsonValueKind.String, told.GetProperty("held_until").ValueKind);
            Assert.Equal(heldUntil, told.GetProperty("held_until").Deserialize<DateTimeOffset?>());
            Assert.DoesNotContain(bob.Id.ToString(), answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(carla.Id.ToString(), answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory, InBothShapes]
    public async Task Each_rule_that_is_against_a_time_is_told_and_what_it_allows(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var place = await platform.OpenPlaceAsync("Centro");
        var room = await platform.FurnishAsync(place, "Room", settings: "max_minutes = 240, min_minutes = 60, horizon_days = 60, capacity = 4");
        var theirs = await platform.FurnishAsync(place, "Theirs", settings: "bookable_by = 'staff'");
        var broken = await platform.FurnishAsync(place, "Broken", settings: "status = 'out_of_service'");
        var half = await platform.FurnishAsync(place, "Half of it broken", "event_hall", parts: broken);
        var (ada, admin, ten) = (await platform.BookerAsync(), await platform.AdminAsync(), platform.Wednesday(10));

        Assert.Equal(("too_long", 240), await LimitAsync(ten, ten.AddHours(5)));
        Assert.Equal(("too_short", 60), await LimitAsync(ten, ten.AddHours(0.5)));
        Assert.Equal(("wrong_step", 30), await LimitAsync(ten.AddMinutes(10), ten.AddMinutes(70)));
        Assert.Equal(("too_far_ahead", 60), await LimitAsync(ten.AddDays(70), ten.AddDays(70).AddHours(1)));
        Assert.Equal(("capacity", 4), await LimitAsync(ten, ten.AddHours(1), "&people=5"));
        var closed = (await ada.AvailabilityOfAsync(room, ten.AddHours(12), ten.AddHours(13))).GetProperty("reasons")[0];
        Assert.Equal("closed", closed.GetProperty("reason").GetString());
        Assert.Equal(8, TimeZoneInfo.ConvertTime(closed.GetProperty("first_allowed").GetDateTimeOffset(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome")).Hour);
        Assert.Equal(["not_yours"], await ada.WhyNotAsync(theirs, ten, ten.AddHours(1)));
        Assert.Empty(await admin.WhyNotAsync(theirs, ten, ten.AddHours(1)));
        Assert.Equal(["out_of_service"], await ada.WhyNotAsync(broken, ten, ten.AddHours(1)));
        Assert.Equal(["out_of_service"], await ada.WhyNotAsync(half, ten, ten.AddHours(1)));
        Assert.Equal(["Room"], await ada.FreeAsync(ten, ten.AddHours(1)));

        async Task<(string?, int)> LimitAsync(DateTimeOffset from, DateTimeOffset to, string more = "")
        {
            var reason = Assert.Single((await ada.AvailabilityOfAsync(room, from, to, more)).GetProperty("reasons").EnumerateArray());
            return (reason.GetProperty("reason").GetString(), reason.GetProperty("limit").GetInt32());
        }
    }
}
