using Portico.Contracts.Auth;

namespace Portico.Tests.Behaviour.Activities;

public sealed class SocialTests
{
    [Theory, InBothShapes]
    public async Task Members_tell_each_other_things_and_react_and_staff_take_down_what_should_not_stand(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bruno, manager, kiosk) = (await platform.MemberAsync(), await platform.MemberAsync(), await platform.ManagerAsync(), await platform.KioskAsync());
        await platform.AllRecordedAsync();
        var place = Guid.CreateVersion7();
        var first = (await anna.PostAsync("/api/social/log", new { type = "question", text = " Who has a charger? ", location_id = place })).Expect(HttpStatusCode.Created).Id;
        var second = (await bruno.PostAsync("/api/activity/social/log", new { type = "note", text = "Cake in the kitchen" })).Expect(HttpStatusCode.Created).Id;
        (await anna.PostAsync("/api/social/log", new { type = "Not a word", text = "x" })).Expect(HttpStatusCode.BadRequest);
        (await anna.PostAsync("/api/social/log", new { type = "note", text = "   " })).Expect(HttpStatusCode.BadRequest);
        (await kiosk.PostAsync("/api/social/log", new { type = "note", text = "Beep" })).Expect(HttpStatusCode.Forbidden);
        (await kiosk.GetAsync("/api/social/feed")).Expect(HttpStatusCode.Forbidden);

        foreach (var person in (Person[])[anna, bruno, bruno])
        {
            (await person.PutAsync($"/api/activity/social/log/{first}/reactions/like")).Expect(HttpStatusCode.NoContent);
        }

        (await bruno.PutAsync($"/api/activity/social/log/{first}/reactions/thanks")).Expect(HttpStatusCode.NoContent);
        (await bruno.PutAsync($"/api/activity/social/log/{first}/reactions/shrug")).Expect(HttpStatusCode.BadRequest);
        (await bruno.DeleteAsync($"/api/activity/social/log/{first}/reactions/thanks")).Expect(HttpStatusCode.NoContent);
        (await bruno.PutAsync($"/api/activity/social/log/{Guid.CreateVersion7()}/reactions/like")).Expect(HttpStatusCode.NotFound, "entry-not-found");

        var page = (await bruno.GetAsync("/api/activity/social/feed?limit=1")).Expect(HttpStatusCode.OK);
        Assert.Equal(second, page["items"][0].GetProperty("id").GetGuid());
        var shown = (await bruno.GetAsync($"/api/activity/social/feed?after={page.Text("next")}")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal(
            (first, anna.Username, "Who has a charger?", 2, "like"),
            (shown.GetProperty("id").GetGuid(), shown.GetProperty("username").GetString(), shown.GetProperty("text").GetString(),
                shown.GetProperty("reactions").GetProperty("like").GetInt32(), shown.GetProperty("mine").EnumerateArray().Single().GetString()));
        Assert.Equal(1, (await bruno.GetAsync($"/api/activity/social/feed?location_id={place}")).Expect(HttpStatusCode.OK)["items"].GetArrayLength());

        // What is another's cannot be taken back; staff take it down, and it is gone for all.
        (await bruno.DeleteAsync($"/api/activity/social/log/{first}")).Expect(HttpStatusCode.NotFound, "entry-not-found");
        (await bruno.PostAsync($"/api/activity/social/log/{first}/remove", new { reason = "No" })).Expect(HttpStatusCode.Forbidden);
        (await manager.PostAsync($"/api/activity/social/log/{first}/remove", new { reason = "Off topic" })).Expect(HttpStatusCode.NoContent);
        (await anna.DeleteAsync($"/api/activity/social/log/{first}")).Expect(HttpStatusCode.NotFound, "entry-not-found");
        await platform.TellAsync("auth", new UserDeleted(bruno.Id, bruno.Id, DateTimeOffset.UnixEpoch));
        await platform.AllRecordedAsync();
        var left = (await anna.GetAsync("/api/social/feed")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single();
        Assert.Equal((second, "deleted"), (left.GetProperty("id").GetGuid(), left.GetProperty("username").GetString()));
        (await bruno.DeleteAsync($"/api/activity/social/log/{second}")).Expect(HttpStatusCode.NoContent);
        Assert.Empty((await anna.GetAsync("/api/social/feed")).Expect(HttpStatusCode.OK)["items"].EnumerateArray());
    }
}
