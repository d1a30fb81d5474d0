using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class AmenityTests
{
    private const string Amenities = "/api/bookings/amenities";

    [Theory, InBothShapes]
    public async Task Staff_say_what_there_is_and_what_it_costs(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(here, manager, "manager");

        var coffee = (await manager.PostAsync(Amenities, new { location_id = here, name = " Coffee ", unit_price = 2.5, stock = 20 })).Expect(HttpStatusCode.Created);
        Assert.Equal(("Coffee", 2.5m, 20, false), (coffee.Text("name"), coffee["unit_price"].GetDecimal(), coffee["stock"].GetInt32(), coffee["per_hour"].GetBoolean()));
        Assert.Equal(coffee.Body, (await anna.GetAsync($"{Amenities}/{coffee.Id}")).Expect(HttpStatusCode.OK).Body);
        var screen = await manager.AddAmenityAsync(here, "Screen");
        var changed = (await manager.PatchAsync($"{Amenities}/{coffee.Id}", new { name = "Espresso", unit_price = 3, stock = (int?)null })).Expect(HttpStatusCode.OK);
        Assert.Equal(("Espresso", 3m, System.Text.Json.JsonValueKind.Null), (changed.Text("name"), changed["unit_price"].GetDecimal(), changed["stock"].ValueKind));

        Assert.Equal(["Espresso", "Screen"], await NamesAsync(anna, $"location_id={here}"));
        Assert.Equal(["Espresso"], await NamesAsync(anna, "orderable=true"));
        (await manager.PostAsync(Amenities, new { location_id = here, name = "SCREEN" })).Expect(HttpStatusCode.Conflict, "amenity-name-taken");
        (await manager.PatchAsync($"{Amenities}/{coffee.Id}", new { name = "screen" })).Expect(HttpStatusCode.Conflict, "amenity-name-taken");
        (await anna.PostAsync(Amenities, new { location_id = here, name = "Mine" })).Expect(HttpStatusCode.Forbidden);
        (await manager.PostAsync(Amenities, new { location_id = there, name = "Mine" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        var other = await admin.AddAmenityAsync(there, "Piano");
        (await manager.PatchAsync($"{Amenities}/{other}", new { name = "Mine" })).Expect(HttpStatusCode.NotFound, "amenity-not-found");
        (await manager.PostAsync($"{Amenities}/{other}/retire")).Expect(HttpStatusCode.NotFound, "amenity-not-found");
        (await anna.GetAsync($"{Amenities}/{VisitSteps.NewId()}")).Expect(HttpStatusCode.NotFound, "amenity-not-found");
        foreach (var wrong in (object[])
            [new { location_id = here, name = "A; B" }, new { location_id = here, name = " " }, new { location_id = here, name = "A", unit_price = -1 }, new { location_id = here, name = "A", unit_price = 0.0001 }, new { location_id = here, name = "A", stock = 0 }])
        {
            (await manager.PostAsync(Amenities, wrong)).Expect(HttpStatusCode.BadRequest, "invalid");
        }

        var room = await manager.AddSpaceAsync(here);
        var has = (await manager.PutAsync($"/api/bookings/spaces/{room}/amenities", new { amenity_ids = new[] { screen, coffee.Id, screen } })).Expect(HttpStatusCode.OK);
        Assert.Equal(["Espresso", "Screen"], has["amenities"].EnumerateArray().Select(amenity => amenity.Word("name")!));
        (await manager.PutAsync($"/api/bookings/spaces/{room}/amenities", new { amenity_ids = new[] { other } })).Expect(HttpStatusCode.UnprocessableEntity, "amenities-unknown");
        (await manager.PostAsync($"{Amenities}/{screen}/retire")).Expect(HttpStatusCode.OK);
        Assert.Equal(["Espresso"], (await anna.GetAsync($"/api/bookings/spaces/{room}"))["amenities"].EnumerateArray().Select(amenity => amenity.Word("name")!));
        (await manager.PatchAsync($"{Amenities}/{screen}", new { stock = 3 })).Expect(HttpStatusCode.Conflict, "amenity-retired");
        Assert.Equal(["Espresso"], await NamesAsync(anna, $"location_id={here}&retired=true"));
        Assert.Equal(["Espresso", "Screen"], await NamesAsync(manager, $"location_id={here}&retired=true"));
        await manager.AddAmenityAsync(here, "Screen");
    }

    [Theory, InBothShapes]
    public async Task Of_five_pieces_twenty_askers_get_five(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, members) = (await platform.AdminAsync(), await platform.MembersAsync(20));
        var here = await admin.AddLocationAsync();
        var beamer = await admin.AddAmenityAsync(here, "Beamer", 0, 5);
        var rooms = await Task.WhenAll(members.Select(_ => admin.AddSpaceAsync(here)));
        for (var round = 0; round < 3; round++)
        {
            var (from, to) = (platform.Wednesday(9 + (2 * round)), platform.Wednesday(10 + (2 * round)));
            var answers = await Task.WhenAll(members.Select((member, index) => member.OrderAsync(rooms[index], from, to, beamer)));
            Assert.Equal(5, answers.Count(answer => answer.Status is HttpStatusCode.Created));
            Assert.All(answers.Where(answer => !answer.Succeeded), answer => answer.Expect(HttpStatusCode.Conflict, "service-out-of-stock"));
        }
    }

    [Theory, InBothShapes]
    public async Task There_are_never_fewer_than_are_promised(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var here = await admin.AddLocationAsync();
        var beamer = await admin.AddAmenityAsync(here, "Beamer", 0, null);
        var rooms = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => admin.AddSpaceAsync(here)));
        var first = (await Order(0, 9, 11, 2)).Expect(HttpStatusCode.Created).Id;
        (await Order(1, 10, 12)).Expect(HttpStatusCode.Created);

        // Ordered while there was no limit, and counted now that there is one.
        Assert.Equal(3, (await admin.PatchAsync($"{Amenities}/{beamer}", new { stock = 2 })).Expect(HttpStatusCode.Conflict, "stock-in-use")["needed"].GetInt32());
        (await admin.PatchAsync($"{Amenities}/{beamer}", new { stock = 3 })).Expect(HttpStatusCode.OK);
        (await Order(2, 10, 10.5)).Expect(HttpStatusCode.Conflict, "service-out-of-stock");
        (await Order(2, 9, 10)).Expect(HttpStatusCode.Created);
        (await Order(3, 9, 10)).Expect(HttpStatusCode.Conflict, "service-out-of-stock");

        // Called off: fewer are enough for the rest, whichever pieces they were given.
        (await anna.PostAsync($"/api/bookings/{first}/cancel")).Expect(HttpStatusCode.OK);
        (await admin.PatchAsync($"{Amenities}/{beamer}", new { stock = 1 })).Expect(HttpStatusCode.OK);
        (await Order(3, 11, 12)).Expect(HttpStatusCode.Conflict, "service-out-of-stock");
        (await Order(3, 12, 13)).Expect(HttpStatusCode.Created);

        // What was only held for a while is not promised.
        platform.Clock.Advance(TimeSpan.FromMinutes(20));
        (await admin.PatchAsync($"{Amenities}/{beamer}", new { stock = (int?)null })).Expect(HttpStatusCode.OK);
        (await admin.PatchAsync($"{Amenities}/{beamer}", new { stock = 1 })).Expect(HttpStatusCode.OK);
        (await Order(4, 9, 13)).Expect(HttpStatusCode.Created);

        Task<Answer> Order(int room, double from, double to, int quantity = 1) =>
            anna.OrderAsync(rooms[room], platform.Wednesday(from), platform.Wednesday(to), beamer, quantity);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Person person, string query) =>
        [.. (await person.GetAsync($"{Amenities}?{query}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(item => item.Word("name")!)];
}
