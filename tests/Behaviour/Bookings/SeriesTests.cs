using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

public sealed class SeriesTests
{
    // Wednesdays around the night of 28 March 2027, when Rome puts its clocks forward.
    private static readonly DateTimeOffset Winter = new(2027, 3, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Summer = new(2027, 3, 31, 8, 0, 0, TimeSpan.Zero);

    [Theory, InBothShapes]
    public async Task A_weekly_series_begins_at_the_same_time_of_day_before_and_after_the_clocks_change(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, anna, room) = await RoomAsync(platform);
        var booked = (await BookAsync(anna, room, 3)).Expect(HttpStatusCode.Created);

        var bookings = booked["series"].GetProperty("bookings").EnumerateArray().ToList();
        Assert.Equal([Winter, Summer, Summer.AddDays(7)], bookings.Select(booking => booking.Instant("starts_at")));
        Assert.Empty(booked["missed"].EnumerateArray());

        var id = booked["series"].GetProperty("id").GetGuid();
        var confirmed = (await anna.PostAsync($"/api/bookings/series/{id}/confirm")).Expect(HttpStatusCode.OK);
        Assert.All(confirmed["bookings"].EnumerateArray(), booking => Assert.Equal("confirmed", booking.Word("status")));
        (await (await platform.MemberAsync()).GetAsync($"/api/bookings/series/{id}")).Expect(HttpStatusCode.NotFound, "series-not-found");
        (await admin.GetAsync($"/api/bookings/series/{id}")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_taken_refuses_the_whole_series_or_is_left_out_and_told()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (_, anna, room) = await RoomAsync(platform);
        var ben = await platform.MemberAsync();
        (await ben.HoldAsync(room, Summer, Summer.AddHours(1))).Expect(HttpStatusCode.Created);

        var refused = (await BookAsync(anna, room, 3)).Expect(HttpStatusCode.Conflict, "series-not-free");
        var missed = Assert.Single(refused["missed"].EnumerateArray());
        Assert.Equal(("2027-03-31", "space-taken"), (missed.Word("occurrence"), missed.Word("code")));
        Assert.Equal("held", Assert.Single(missed.GetProperty("taken").EnumerateArray()).Word("reason"));
        Assert.Empty((await anna.GetAsync("/api/bookings")).Expect(HttpStatusCode.OK)["items"].EnumerateArray());

        var partly = (await BookAsync(anna, room, 3, "skip")).Expect(HttpStatusCode.Created);
        Assert.Equal(2, partly["series"].GetProperty("bookings").GetArrayLength());
        Assert.Equal("2027-03-31", Assert.Single(partly["missed"].EnumerateArray()).Word("occurrence"));
    }

    [Fact]
    public async Task This_and_following_go_on_as_a_series_of_their_own_and_all_can_be_called_off()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (_, anna, room) = await RoomAsync(platform);
        var id = (await BookAsync(anna, room, 4)).Expect(HttpStatusCode.Created)["series"].GetProperty("id").GetGuid();
        (await anna.PostAsync($"/api/bookings/series/{id}/confirm")).Expect(HttpStatusCode.OK);

        var following = (await anna.PatchAsync($"/api/bookings/series/{id}", new { from = "2027-04-07", time = "15:00" })).Expect(HttpStatusCode.OK)["series"];
        Assert.NotEqual(id, following.GetProperty("id").GetGuid());
        Assert.Equal(
            [new(2027, 4, 7, 13, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 4, 14, 13, 0, 0, TimeSpan.Zero)],
            following.GetProperty("bookings").EnumerateArray().Select(booking => booking.Instant("starts_at")));
        var before = (await anna.GetAsync($"/api/bookings/series/{id}")).Expect(HttpStatusCode.OK);
        Assert.Equal([Winter, Summer], before["bookings"].EnumerateArray().Select(booking => booking.Instant("starts_at")));

        var ended = (await anna.PostAsync($"/api/bookings/series/{id}/cancel", new { from = "2027-03-31" })).Expect(HttpStatusCode.OK);
        Assert.Equal(["confirmed", "cancelled"], ended["bookings"].EnumerateArray().Select(booking => booking.Word("status")));
        (await (await platform.MemberAsync()).HoldAsync(room, Summer, Summer.AddHours(1))).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_change_that_meets_somebody_elses_booking_changes_nothing_unless_told_to_leave_it_out()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var (_, anna, room) = await RoomAsync(platform);
        var id = (await BookAsync(anna, room, 3)).Expect(HttpStatusCode.Created)["series"].GetProperty("id").GetGuid();
        (await (await platform.MemberAsync()).HoldAsync(room, Summer.AddHours(1), Summer.AddHours(2))).Expect(HttpStatusCode.Created);

        (await anna.PatchAsync($"/api/bookings/series/{id}", new { minutes = 120 })).Expect(HttpStatusCode.Conflict, "series-not-free");
        Assert.All(
            (await anna.GetAsync($"/api/bookings/series/{id}"))["bookings"].EnumerateArray(),
            booking => Assert.Equal(booking.Instant("starts_at").AddHours(1), booking.Instant("ends_at")));

        var changed = (await anna.PatchAsync($"/api/bookings/series/{id}", new { minutes = 120, if_not_free = "skip" })).Expect(HttpStatusCode.OK);
        Assert.Equal("2027-03-31", Assert.Single(changed["missed"].EnumerateArray()).Word("occurrence"));
        Assert.Equal([2, 1, 2], changed["series"].GetProperty("bookings").EnumerateArray().Select(booking => (booking.Instant("ends_at") - booking.Instant("starts_at")).TotalHours));
    }

    private static Task<Answer> BookAsync(Person person, Guid room, int count, string ifNotFree = "refuse") =>
        person.PostAsync("/api/bookings/series", new { space_id = room, rule = Weekly(count), if_not_free = ifNotFree });

    private static object Weekly(int count) => new { frequency = "weekly", starts_on = "2027-03-24", time = "10:00", minutes = 60, count };

    private static async Task<(Person Admin, Person Anna, Guid Room)> RoomAsync(RunningPlatform platform)
    {
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        return (admin, anna, await admin.AddSpaceAsync(await admin.AddLocationAsync()));
    }
}
