using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Members;

/// <summary>What Members does when Auth speaks, and when Auth was not heard.</summary>
public sealed class AccountNewsTests
{
    [Theory, InBothShapes]
    public async Task Names_and_roles_follow_the_account_and_duties_go_with_the_role(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var location = await admin.AddLocationAsync();
        (await admin.PutAsync($"/api/bookings/locations/{location}/staff/{anna.Id}", new { duty = "manager" }))
            .Expect(HttpStatusCode.UnprocessableEntity, "duty-needs-role");

        await SetRoleAsync(admin, anna, "manager");
        await admin.AppointAsync(location, anna, "manager");
        Assert.Equal(1, (await admin.GetAsync($"/api/bookings/locations/{location}/staff")).Json.GetArrayLength());
        await SetRoleAsync(admin, anna, "member");
        Assert.Equal(0, (await admin.GetAsync($"/api/bookings/locations/{location}/staff")).Json.GetArrayLength());
    }

    [Fact]
    public async Task Neighbours_that_know_each_other_log_no_refusal()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule);
        // The news of an account and the ended session both went from one process to another.
        var anna = await platform.MemberAsync();
        (await anna.PostAsync("/api/auth/logout")).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(
            async () => (await anna.GetAsync("/api/members/profile")).Code == "session-ended", "the session did not end at members");

        Assert.DoesNotContain(platform.Logs.Lines, line => line.Contains("not authenticated", StringComparison.Ordinal) && !line.Contains("SessionEnded", StringComparison.Ordinal));
    }

    [Theory, InBothShapes]
    public async Task A_deleted_member_leaves_and_nobody_can_tell_who_it_was(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var anna = await platform.MemberAsync();
        (await anna.PatchAsync("/api/members/profile", new { phone = "555 1234" })).Expect(HttpStatusCode.OK);
        var scanId = VisitSteps.NewId();
        var code = await anna.NextPassAsync();
        (await kiosk.ScanAsync(code, scanId)).Expect(HttpStatusCode.OK);

        platform.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True((await admin.DeleteAsync($"/api/auth/admin/users/{anna.Id}")).Succeeded);
        await Eventually.TrueAsync(async () => await admin.PeopleAtAsync(location) == 0, "the visit is still open");
        var profile = (await admin.GetAsync($"/api/members/profiles/{anna.Id}")).Expect(HttpStatusCode.OK);
        Assert.Equal("deleted", profile.Text("status"));
        Assert.Null(profile["phone"].GetString());
        var visits = (await admin.GetAsync($"/api/members/visits/members/{anna.Id}")).Expect(HttpStatusCode.OK);
        Assert.Equal("account_deleted", visits["items"][0].GetProperty("closed_by").GetString());
        Assert.DoesNotContain(anna.Username, visits.Body + (await kiosk.ScanAsync(code, scanId)).Body, StringComparison.Ordinal);
        Assert.Equal(0, (await admin.GetAsync($"/api/members/directory?q={anna.Username}"))["items"].GetArrayLength());
    }

    [Theory, InBothShapes]
    public async Task The_nightly_comparison_mends_what_no_message_told(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, new() { ["Schedules:reconcile-accounts:Every"] = "00:00:00.5" });
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (location, kiosk) = await admin.DoorAsync();
        var (anna, bob, carla, dora) = (await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        (await kiosk.ScanAsync(bob)).Expect(HttpStatusCode.OK);

        // What the loss of messages, or an old backup, would leave.
        await platform.ExecuteAsync("members", "delete from profiles where id = @Id", new { anna.Id });
        await platform.ExecuteAsync("members", "update profiles set username = 'somebody', email = 'x@y', role = 'manager' where id = @Id", new { carla.Id });
        await platform.ExecuteAsync("members", "update profiles set status = 'suspended', suspended_at = now() where id = @Id", new { dora.Id });
        await platform.ExecuteAsync("auth", "update accounts set status = 'deleted', username = 'deleted-1', email = null where id = @Id", new { bob.Id });

        await Eventually.TrueAsync(async () => (await anna.GetAsync("/api/members/profile")).Succeeded, "the missing profile is still missing");
        await Eventually.TrueAsync(async () => await admin.PeopleAtAsync(location) == 0, "the deleted member is still in");
        await Eventually.TrueAsync(async () => (await carla.GetAsync("/api/members/profile")).Text("username") == carla.Username, "the name is still wrong");
        Assert.Equal("member", (await carla.GetAsync("/api/members/profile")).Text("role"));
        await Eventually.TrueAsync(async () => (await dora.GetAsync("/api/members/profile")).Text("status") == "active", "she is still suspended");
        Assert.Equal("deleted", (await admin.GetAsync($"/api/members/profiles/{bob.Id}")).Text("status"));
    }

    private static async Task SetRoleAsync(Person admin, Person person, string role)
    {
        Assert.True((await admin.PutAsync($"/api/auth/admin/users/{person.Id}/role", new { role })).Succeeded);
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync($"/api/members/profiles/{person.Id}")).Text("role") == role, $"{person.Username} is no {role}");
        await admin.Platform.ToldAsync("auth", person.Id);
    }
}
