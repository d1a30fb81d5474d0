using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Members;

public sealed class ProfileTests
{
    [Theory, InBothShapes]
    public async Task Members_change_what_they_say_of_themselves_and_nothing_else(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();

        var changed = (await anna.PatchAsync(
            "/api/members/profile", new { language = "it", time_zone = "Europe/Rome", phone = "+39 02 1234", company = " Studio Anna ", bio = "Disegno." }))
            .Expect(HttpStatusCode.OK);
        Assert.Equal(("it", "Europe/Rome", "Studio Anna"), (changed.Text("language"), changed.Text("time_zone"), changed.Text("company")));
        var emptied = (await anna.PatchAsync("/api/members/profile", new { company = (string?)null })).Expect(HttpStatusCode.OK);
        Assert.Null(emptied["company"].GetString());
        Assert.Equal("+39 02 1234", (await anna.GetAsync("/api/members/profile")).Text("phone"));

        foreach (var wrong in (object[])
            [
                new { language = "de" }, new { time_zone = "Europe/Atlantis" }, new { time_zone = "../etc/passwd" }, new { phone = "call me" },
                new { company = "  " }, new { bio = new string('x', 1001) }, new { name = "Somebody else" }, new { role = "admin" }, new { language = 1 },
            ])
        {
            (await anna.PatchAsync("/api/members/profile", wrong)).Expect(HttpStatusCode.BadRequest);
        }

        (await anna.GetAsync($"/api/members/profiles/{anna.Id}")).Expect(HttpStatusCode.Forbidden);
    }

    [Theory, InBothShapes]
    public async Task The_directory_tells_managers_names_and_administrators_addresses(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager, anna) = (await platform.AdminAsync(), await platform.ManagerAsync(), platform.Somebody());
        (await anna.RegisterAsync("zoe_100", email: "zoe@portico.example")).Expect(HttpStatusCode.Created);
        await Eventually.TrueAsync(async () => await CountAsync(admin, "q=zoe") == 1, "she is not in the directory");

        (await (await platform.MemberAsync()).GetAsync("/api/members/directory")).Expect(HttpStatusCode.Forbidden);
        Assert.Equal("zoe@portico.example", (await admin.GetAsync("/api/members/directory?q=zoe@port"))["items"][0].GetProperty("email").GetString());
        Assert.Equal(0, await CountAsync(manager, "q=zoe@port"));
        Assert.Null((await manager.GetAsync("/api/members/directory?q=ZOE"))["items"][0].GetProperty("email").GetString());
        Assert.Equal(0, await CountAsync(admin, "q=zoe%25100"));
        Assert.Equal(1, await CountAsync(admin, "q=zoe_1"));
        Assert.Equal(1, await CountAsync(admin, "role=manager"));
        Assert.Equal(0, await CountAsync(admin, "status=suspended"));

        List<string> names = [];
        var after = "";
        do
        {
            var page = (await manager.GetAsync($"/api/members/directory?limit=1{after}")).Expect(HttpStatusCode.OK);
            names.AddRange(page["items"].EnumerateArray().Select(row => row.GetProperty("username").GetString()!));
            after = page["next"].GetString() is { } next ? $"&after={next}" : null;
        }
        while (after is not null);
        Assert.Equal(4, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);

        var csv = (await manager.GetAsync("/api/members/directory?format=csv")).Expect(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.ContentHeaders.ContentType?.MediaType);
        Assert.Equal(5, csv.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("@", csv.Body, StringComparison.Ordinal);
        foreach (var wrong in (string[])["role=boss", "status=gone", "limit=0", "after=%C3%A0", "format=xml"])
        {
            (await admin.GetAsync($"/api/members/directory?{wrong}")).Expect(HttpStatusCode.BadRequest);
        }
    }

    [Theory, InBothShapes]
    public async Task Members_take_everything_kept_about_them_along(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.MoveToNoon();
        var admin = await platform.AdminAsync();
        var (_, kiosk) = await admin.DoorAsync();
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());
        await kiosk.ScanAsync(anna);
        await kiosk.ScanAsync(bob);

        var export = (await anna.GetAsync("/api/members/profile/export")).Expect(HttpStatusCode.OK);
        Assert.Equal("attachment", export.ContentHeaders.ContentDisposition?.DispositionType);
        Assert.Equal(anna.Username, export["profile"].GetProperty("username").GetString());
        Assert.Equal(anna.Id, Assert.Single(export["visits"].EnumerateArray()).GetProperty("member_id").GetGuid());
        Assert.Empty(export["attendance"].EnumerateArray());
        Assert.Empty(export["corrections"].EnumerateArray());
        Assert.DoesNotContain(bob.Username, export.Body, StringComparison.Ordinal);
    }

    [Theory, InBothShapes]
    public async Task Administrators_change_profiles_and_erase_those_not_in_use(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());

        (await admin.PatchAsync($"/api/members/profiles/{anna.Id}", new { phone = "555 1234", company = "ACME" })).Expect(HttpStatusCode.OK);
        Assert.Equal("ACME", (await admin.GetAsync($"/api/members/profiles/{anna.Id}")).Text("company"));
        (await admin.DeleteAsync($"/api/members/profiles/{anna.Id}")).Expect(HttpStatusCode.Conflict, "account-active");
        (await admin.PostAsync($"/api/auth/admin/users/{anna.Id}/suspend", new { reason = "x" })).Expect(HttpStatusCode.OK);
        await Eventually.TrueAsync(
            async () => (await admin.DeleteAsync($"/api/members/profiles/{anna.Id}")).Status is HttpStatusCode.NoContent, "it cannot be erased");
        Assert.Null((await admin.GetAsync($"/api/members/profiles/{anna.Id}"))["company"].GetString());
        (await admin.GetAsync($"/api/members/profiles/{VisitSteps.NewId()}")).Expect(HttpStatusCode.NotFound, "member-not-found");
        (await admin.PatchAsync($"/api/members/profiles/{VisitSteps.NewId()}", new { company = "x" })).Expect(HttpStatusCode.NotFound, "member-not-found");
    }

    private static async Task<int> CountAsync(Person staff, string query) =>
        (await staff.GetAsync($"/api/members/directory?{query}")).Expect(HttpStatusCode.OK)["items"].GetArrayLength();
}
