using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class StaffTests
{
    private const string Locations = "/api/bookings/locations";

    [Theory, InBothShapes]
    public async Task A_device_stands_at_one_door_and_a_duty_needs_its_role(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager, kiosk) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.KioskAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(here, kiosk, "kiosk");
        await admin.AppointAsync(here, kiosk, "kiosk");
        await admin.AppointAsync(here, manager, "manager");
        await admin.AppointAsync(there, manager, "manager");

        static string Staff(Guid location, Guid account) => $"{Locations}/{location}/staff/{account}";
        (await admin.PutAsync(Staff(there, kiosk.Id), new { duty = "kiosk" })).Expect(HttpStatusCode.Conflict, "kiosk-elsewhere");
        (await admin.PutAsync(Staff(here, manager.Id), new { duty = "kiosk" })).Expect(HttpStatusCode.UnprocessableEntity, "duty-needs-role");
        (await admin.PutAsync(Staff(here, manager.Id), new { duty = "boss" })).Expect(HttpStatusCode.BadRequest);
        (await admin.PutAsync(Staff(here, VisitSteps.NewId()), new { duty = "kiosk" })).Expect(HttpStatusCode.NotFound, "member-not-found");
        (await admin.PutAsync(Staff(VisitSteps.NewId(), manager.Id), new { duty = "manager" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.PutAsync(Staff(here, manager.Id), new { duty = "manager" })).Expect(HttpStatusCode.Forbidden);

        Assert.Equal(2, (await manager.GetAsync($"{Locations}/{here}/staff")).Expect(HttpStatusCode.OK).Json.GetArrayLength());
        (await admin.DeleteAsync(Staff(here, kiosk.Id))).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync(Staff(here, kiosk.Id))).Expect(HttpStatusCode.NotFound, "staff-not-found");
        await admin.AppointAsync(there, kiosk, "kiosk");
    }

    [Theory, InBothShapes]
    public async Task Managers_run_their_own_locations_and_leave_the_money_to_administrators(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(here, manager, "manager");

        (await manager.PatchAsync($"{Locations}/{here}", new { address = "Via Roma 1", closes_at = "21:00", opening_hours = Array.Empty<object>() })).Expect(HttpStatusCode.OK);
        foreach (var reserved in (object[])
            [new { name = "Mine" }, new { time_zone = "UTC" }, new { currency = "USD" }, new { tax_percent = 0 }, new { prices_include_tax = false, address = "Via Po 2" }])
        {
            (await manager.PatchAsync($"{Locations}/{here}", reserved)).Expect(HttpStatusCode.Forbidden, "location-field-reserved");
        }

        Assert.Equal("Via Roma 1", (await anna.GetAsync($"{Locations}/{here}")).Text("address"));
        var christmas = $"{Locations}/{there}/exceptions/2026-12-25";
        (await manager.PatchAsync($"{Locations}/{there}", new { address = "Via Po 2" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.PatchAsync($"{Locations}/{there}", new { name = "Mine" })).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.PutAsync(christmas, new { hours = Array.Empty<object>() })).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.DeleteAsync(christmas)).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.GetAsync($"{Locations}/{there}/exceptions")).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await manager.GetAsync($"{Locations}/{there}/staff")).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await anna.GetAsync($"{Locations}/{here}/staff")).Expect(HttpStatusCode.Forbidden);
    }

    [Theory, InBothShapes]
    public async Task A_duty_goes_with_the_role_and_with_the_account(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.ManagerAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(here, anna, "manager");
        await admin.AppointAsync(there, anna, "manager");
        await admin.AppointAsync(here, bob, "manager");

        Assert.True((await admin.PutAsync($"/api/auth/admin/users/{anna.Id}/role", new { role = "member" })).Succeeded);
        Assert.True((await admin.DeleteAsync($"/api/auth/admin/users/{bob.Id}")).Succeeded);
        await platform.ToldAsync("auth", anna.Id);
        await platform.ToldAsync("auth", bob.Id);
        await platform.ToldAsync("bookings", here);
        await platform.ToldAsync("bookings", there);

        Assert.Empty(await platform.QueryAsync<Guid>("members", "select account_id from location_staff"));
        foreach (var location in (Guid[])[here, there])
        {
            Assert.Equal(0, (await admin.GetAsync($"{Locations}/{location}/staff")).Expect(HttpStatusCode.OK).Json.GetArrayLength());
        }

        // Promoted again, she has to be named again.
        Assert.True((await admin.PutAsync($"/api/auth/admin/users/{anna.Id}/role", new { role = "manager" })).Succeeded);
        await anna.LoginAsync(anna.Username);
        (await anna.GetAsync($"/api/members/locations/{here}/visits")).Expect(HttpStatusCode.NotFound, "location-not-found");
    }
}
