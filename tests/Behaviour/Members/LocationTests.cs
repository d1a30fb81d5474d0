using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Members;

public sealed class LocationTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Administrators_keep_the_locations_and_everybody_sees_them(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var location = await admin.AddLocationAsync("Milano Isola", closesAt: "21:30");

        var seen = Assert.Single((await anna.GetAsync("/api/members/locations")).Expect(HttpStatusCode.OK).Json.EnumerateArray());
        Assert.Equal(("Milano Isola", "Europe/Rome", "21:30"), (seen.Word("name"), seen.Word("time_zone"), seen.Word("closes_at")));
        (await admin.PatchAsync($"/api/members/locations/{location}", new { name = "Milano", closes_at = "23:00" })).Expect(HttpStatusCode.OK);
        Assert.Equal("23:00", (await anna.GetAsync($"/api/members/locations/{location}")).Text("closes_at"));

        (await admin.PostAsync("/api/members/locations", new { name = "MILANO", time_zone = "UTC" })).Expect(HttpStatusCode.Conflict, "location-name-taken");
        (await anna.PostAsync("/api/members/locations", new { name = "Mine", time_zone = "UTC" })).Expect(HttpStatusCode.Forbidden);
        (await anna.PatchAsync($"/api/members/locations/{location}", new { name = "Mine" })).Expect(HttpStatusCode.Forbidden);
        (await admin.PatchAsync($"/api/members/locations/{VisitSteps.NewId()}", new { name = "None" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        foreach (var wrong in (object[])
            [
                new { name = " ", time_zone = "UTC" }, new { name = "A" }, new { name = "A", time_zone = "Mars/Olympus" },
                new { name = "A", time_zone = "UTC", closes_at = "24:00" }, new { name = "A", time_zone = "UTC", closes_at = "22:00:00" },
                new { name = new string('x', 101), time_zone = "UTC" },
            ])
        {
            (await admin.PostAsync("/api/members/locations", wrong)).Expect(HttpStatusCode.BadRequest, "invalid");
        }
    }

    [Fact]
    public async Task Two_locations_that_exchange_their_names_at_once_keep_them()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var admin = await platform.AdminAsync();
        var (centro, porto) = (await admin.AddLocationAsync("Centro"), await admin.AddLocationAsync("Porto"));
        await using var halfWay = await HalfWay.StopAsync(platform, "members", "locations", "locations_name");

        var swap = Task.WhenAll(
            admin.PatchAsync($"/api/members/locations/{centro}", new { name = "Porto" }), admin.PatchAsync($"/api/members/locations/{porto}", new { name = "Centro" }));
        await halfWay.GoOnAsync(meeting: 2);

        Assert.All(await swap, answer => answer.Expect(HttpStatusCode.Conflict, "location-name-taken"));
        Assert.Equal("Centro", (await admin.GetAsync($"/api/members/locations/{centro}")).Text("name"));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_device_stands_at_one_door_and_a_duty_needs_its_role(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager, kiosk) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.KioskAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(here, kiosk, "kiosk");
        await admin.AppointAsync(here, kiosk, "kiosk");
        await admin.AppointAsync(here, manager, "manager");
        await admin.AppointAsync(there, manager, "manager");

        string Staff(Guid location, Guid account) => $"/api/members/locations/{location}/staff/{account}";
        (await admin.PutAsync(Staff(there, kiosk.Id), new { duty = "kiosk" })).Expect(HttpStatusCode.Conflict, "kiosk-elsewhere");
        (await admin.PutAsync(Staff(here, manager.Id), new { duty = "kiosk" })).Expect(HttpStatusCode.UnprocessableEntity, "duty-needs-role");
        (await admin.PutAsync(Staff(here, manager.Id), new { duty = "boss" })).Expect(HttpStatusCode.BadRequest);
        (await admin.PutAsync(Staff(here, VisitSteps.NewId()), new { duty = "kiosk" })).Expect(HttpStatusCode.NotFound, "member-not-found");
        (await admin.PutAsync(Staff(VisitSteps.NewId(), manager.Id), new { duty = "manager" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.PutAsync(Staff(here, manager.Id), new { duty = "manager" })).Expect(HttpStatusCode.Forbidden);

        Assert.Equal(2, (await manager.GetAsync($"/api/members/locations/{here}/staff")).Expect(HttpStatusCode.OK).Json.GetArrayLength());
        (await admin.DeleteAsync(Staff(here, kiosk.Id))).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync(Staff(here, kiosk.Id))).Expect(HttpStatusCode.NotFound, "staff-not-found");
        await admin.AppointAsync(there, kiosk, "kiosk");
    }
}
