namespace Portico.Tests.Behaviour.Bookings;

public sealed class AvailabilityTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
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
}
