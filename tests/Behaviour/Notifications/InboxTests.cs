using Portico.Contracts.Bookings;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>What members see where they are signed in.</summary>
public sealed class InboxTests
{
    [Theory, InBothShapes]
    public async Task One_sees_what_one_was_told_page_by_page_and_reads_it_and_nobody_else_does(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var anna = await platform.ReachableAsync();
        var bruno = await platform.ReachableAsync();
        for (var nth = 0; nth < 3; nth++)
        {
            await platform.SayAsync(new BookingConfirmed(platform.BookingOf(anna, $"Room {nth}"), "staff", null, platform.Clock.GetUtcNow()));
        }

        Assert.Equal(3, await UnreadAsync(anna));
        Assert.Equal(0, await UnreadAsync(bruno));
        var first = (await anna.GetAsync("/api/notifications?limit=2")).Expect(HttpStatusCode.OK);
        var second = (await anna.GetAsync($"/api/notifications?limit=2&after={first.Text("next")}")).Expect(HttpStatusCode.OK);
        Assert.Equal(
            ["Room 2", "Room 1", "Room 0"],
            first["items"].EnumerateArray().Concat(second["items"].EnumerateArray()).Select(one => one.GetProperty("title").GetString()!.Split(": ")[1]));
        (await anna.GetAsync("/api/notifications?after=nonsense!")).Expect(HttpStatusCode.BadRequest, "invalid");

        var id = first["items"][0].GetProperty("id").GetGuid();
        (await bruno.PostAsync($"/api/notifications/{id}/read")).Expect(HttpStatusCode.NotFound, "notification-not-found");
        (await anna.PostAsync($"/api/notifications/{id}/read")).Expect(HttpStatusCode.NoContent);
        Assert.Equal(["Room 1", "Room 0"], (await anna.NotificationsAsync("?unread=true")).Select(one => one.GetProperty("title").GetString()!.Split(": ")[1]));
        (await anna.PostAsync("/api/notifications/read-all")).Expect(HttpStatusCode.OK);
        Assert.Equal(0, await UnreadAsync(anna));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_stream_tells_what_comes_and_what_was_missed_none_of_it_twice(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var anna = await platform.ReachableAsync();
        var bruno = await platform.ReachableAsync();
        await SayAsync("before");
        string? last;
        await using (var stream = await LiveStream.OpenAsync(anna, path: "/api/notifications/live"))
        {
            Assert.Equal(1, (await stream.NextAsync("hello")).Data.GetProperty("unread").GetInt32());
            await platform.SayAsync(new BookingConfirmed(platform.BookingOf(bruno), "staff", null, platform.Clock.GetUtcNow()));
            await SayAsync("heard");
            Assert.EndsWith(": heard", Title(await stream.NextAsync("notification")), StringComparison.Ordinal);
            last = stream.LastId;
        }

        await SayAsync("missed");
        await using var again = await LiveStream.OpenAsync(anna, lastEventId: last, path: "/api/notifications/live");
        await again.NextAsync("hello");
        Assert.EndsWith(": missed", Title(await again.NextAsync("notification")), StringComparison.Ordinal);
        (await anna.LogoutAsync()).Expect(HttpStatusCode.NoContent);

        Task SayAsync(string space) => platform.SayAsync(new BookingConfirmed(platform.BookingOf(anna, space), "staff", null, platform.Clock.GetUtcNow()));
        static string Title(LiveEvent told) => told.Data.GetProperty("notification").GetProperty("title").GetString()!;
    }

    private static async Task<int> UnreadAsync(Person member) =>
        (await member.GetAsync("/api/notifications/count")).Expect(HttpStatusCode.OK)["unread"].GetInt32();
}
