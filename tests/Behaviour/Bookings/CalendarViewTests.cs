using System.Text.Json;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>Days, months and the next times: when something can be had, for whoever does not know yet when they want it.</summary>
[Trait("Category", "Proof")]
public sealed class CalendarViewTests
{
    private const string OpenUtc = """[{"day":"wednesday","opens":"08:00","closes":"18:00"},{"day":"thursday","opens":"08:00","closes":"18:00"}]""";

    [Theory, InBothShapes]
    public async Task A_day_shows_of_every_space_what_is_free_and_what_is_taken_and_never_by_whom(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var place = await platform.OpenPlaceAsync("Centro", "Etc/UTC", OpenUtc);
        var room = await platform.FurnishAsync(place, "A room", settings: "buffer_after_minutes = 30");
        await platform.FurnishAsync(place, "B of staff", settings: "bookable_by = 'staff'");
        var area = await platform.FurnishAsync(place, "C area", "hot_desk_area", "capacity = 1");
        Guid[] desks = [await platform.FurnishAsync(place, "C 1", "desk", area: area), await platform.FurnishAsync(place, "C 2", "desk", area: area)];
        var (ada, bob, at) = (await platform.BookerAsync(), await platform.BookerAsync(), (Func<double, DateTimeOffset>)platform.Wednesday);
        var day = DateOnly.FromDateTime(at(0).UtcDateTime);
        await bob.BookedAsync(room, at(10), at(11));
        var held = await bob.HeldAsync(room, at(14));
        await bob.BookedAsync(area, at(9), at(12));
        await bob.BookedAsync(area, at(11), at(13));

        var answer = await ada.DayAsync(day, $"location_id={place}");

        Assert.Equal((at(0), at(24)), (answer["starts_at"].GetDateTimeOffset(), answer["ends_at"].GetDateTimeOffset()));
        Assert.Equal(["08:00-18:00"], answer.Json.Stretches("open"));
        var items = answer.Items();
        Assert.Equal(["A room", "B of staff", "C area"], items.Select(item => item.GetProperty("name").GetString()));
        // Whoever comes before another has to clear up for half an hour too.
        Assert.Equal(["08:00-09:30", "11:30-13:30", "15:30-18:00"], items[0].Stretches("free"));
        Assert.Equal(["09:30-10:00", "10:00-11:00", "11:00-11:30", "13:30-14:00", "14:00-15:00", "15:00-15:30"], items[0].Stretches("taken"));
        Assert.Equal(["buffer", "taken", "buffer", "buffer", "held", "buffer"], Words(items[0], "taken"));
        Assert.Equal(held["expires_at"].GetDateTimeOffset(), items[0].GetProperty("taken")[4].GetProperty("held_until").GetDateTimeOffset());
        Assert.Empty(items[1].Stretches("free"));
        Assert.Equal(["not_yours"], items[1].Reasons());
        Assert.Equal(["08:00-11:00", "12:00-18:00"], items[2].Stretches("free").Except(["08:00-09:00", "13:00-18:00"]));
        Assert.Equal(["11:00-12:00"], items[2].Stretches("taken"));
        Assert.DoesNotContain(bob.Id.ToString(), answer.Body, StringComparison.Ordinal);
        Assert.Equal(
            ["C 1", "C 2"],
            (await ada.DayAsync(day, $"location_id={place}&kind=desk&desks=true")).Items().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(desks[0], Assert.Single((await ada.DayAsync(day, $"space_id={desks[0]}")).Items()).GetProperty("id").GetGuid());

        var first = await ada.DayAsync(day, $"location_id={place}&limit=2");
        var rest = await ada.DayAsync(day, $"location_id={place}&limit=2&after={first.Text("next")}");
        Assert.Equal(["C area"], rest.Items().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, rest["next"].ValueKind);
    }

    [Theory, InBothShapes]
    public async Task A_month_tells_days_apart_that_are_free_full_closed_and_out_of_reach(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        platform.MoveToMidMonth();
        var place = await platform.OpenPlaceAsync("Centro", "Etc/UTC", AvailabilitySteps.AlwaysOpen);
        var (room, other) = (await platform.FurnishAsync(place, "Room", settings: "horizon_days = 8"), await platform.FurnishAsync(place, "Two", settings: "horizon_days = 8, capacity = 2"));
        var (ada, bob) = (await platform.BookerAsync(), await platform.BookerAsync());
        var today = DateOnly.FromDateTime(platform.Clock.GetUtcNow().UtcDateTime);
        var closed = today.AddDays(2);
        await platform.ExecuteAsync("bookings", "insert into opening_exceptions (location_id, day, hours, reason) values (@place, @closed, '[]', 'Feast')", new { place, closed });
        var full = new DateTimeOffset(today.AddDays(3).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await bob.BookedAsync(room, full, full.AddDays(1));
        await bob.BookedAsync(room, full.AddDays(1).AddHours(10), full.AddDays(1).AddHours(24));

        var month = await ada.MonthAsync(today, $"space_id={room}");

        Assert.Equal((1, DateTime.DaysInMonth(today.Year, today.Month)), (month["spaces"].GetInt32(), month["days"].GetArrayLength()));
        Assert.Equal(
            ["not_bookable", "free", "free", "closed", "full", "free", "free", "free", "free", "free", "not_bookable"],
            month["days"].EnumerateArray().Skip(today.Day - 2).Take(11).Select(day => day.GetProperty("state").GetString()));
        var partly = await ada.DayOfMonthAsync(today.AddDays(4), $"space_id={room}&minutes=120");
        Assert.Equal((10m, full.AddDays(1)), (partly.GetProperty("free_hours").GetDecimal(), partly.GetProperty("first").GetProperty("starts_at").GetDateTimeOffset()));
        // Eleven hours do not fit into ten; the other room has them, but not for three.
        Assert.Equal("full", (await ada.DayOfMonthAsync(today.AddDays(4), $"space_id={room}&minutes=660")).GetProperty("state").GetString());
        var both = await ada.DayOfMonthAsync(today.AddDays(4), $"location_id={place}&minutes=660");
        Assert.Equal(("free", 1, other), (both.GetProperty("state").GetString(), both.GetProperty("free_spaces").GetInt32(), both.GetProperty("first").GetProperty("space").GetProperty("id").GetGuid()));
        Assert.Equal("full", (await ada.DayOfMonthAsync(today.AddDays(4), $"location_id={place}&minutes=660&capacity=3")).GetProperty("state").GetString());
        Assert.Equal(["too_long"], (await ada.MonthAsync(today, $"space_id={room}&minutes=2880")).Reasons());

        var day = await ada.DayAsync(closed, $"location_id={place}");
        Assert.Equal((0, "Feast"), (day["open"].GetArrayLength(), day.Text("open_reason")));
    }

    [Theory]
    [InlineData(Shape.OneProcess, "Europe/Rome"), InlineData(Shape.ProcessPerModule, "Europe/Rome")]
    [InlineData(Shape.OneProcess, "America/New_York"), InlineData(Shape.ProcessPerModule, "America/New_York")]
    public async Task A_day_has_23_or_25_hours_where_the_clock_is_changed(Shape shape, string zone)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var place = await platform.OpenPlaceAsync("Always", zone, AvailabilitySteps.AlwaysOpen);
        var room = await platform.FurnishAsync(place, "Room", settings: "horizon_days = 730");
        var ada = await platform.BookerAsync();
        foreach (var hours in (int[])[23, 25])
        {
            var day = platform.DayOf(hours, zone);
            var shown = await ada.DayAsync(day, $"location_id={place}");
            var (begin, end) = (shown["starts_at"].GetDateTimeOffset(), shown["ends_at"].GetDateTimeOffset());
            Assert.Equal(TimeSpan.FromHours(hours), end - begin);
            Assert.Equal((decimal)hours, (await ada.DayOfMonthAsync(day, $"space_id={room}")).GetProperty("free_hours").GetDecimal());

            // The night in which it happens is booked; what is left begins where it ends and goes on to the next midnight.
            await ada.BookedAsync(room, begin, begin.AddHours(5));
            Assert.Equal([$"{CalendarSteps.Hour(begin.AddHours(5))}-{CalendarSteps.Hour(end)}"], (await ada.DayAsync(day, $"space_id={room}")).Items()[0].Stretches("free"));
            Assert.Equal(hours - 5m, (await ada.DayOfMonthAsync(day, $"space_id={room}")).GetProperty("free_hours").GetDecimal());
            Assert.Equal(begin.AddHours(5), (await ada.NextAsync(60, begin, $"space_id={room}")).Items()[0].GetProperty("starts_at").GetDateTimeOffset());
        }
    }

    [Theory, InBothShapes]
    public async Task The_next_times_can_be_had_and_tell_how_many_spaces_are_free_then(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var place = await platform.OpenPlaceAsync("Centro", "Etc/UTC", OpenUtc);
        var (one, two) = (await platform.FurnishAsync(place, "One"), await platform.FurnishAsync(place, "Two", settings: "step_minutes = 60"));
        await platform.FurnishAsync(place, "Short", settings: "max_minutes = 60");
        var (ada, bob, at) = (await platform.BookerAsync(), await platform.BookerAsync(), (Func<double, DateTimeOffset>)platform.Wednesday);
        await bob.BookedAsync(one, at(9), at(11));
        await bob.BookedAsync(two, at(8), at(10));

        var next = (await ada.NextAsync(120, at(7), $"location_id={place}&limit=4")).Items();

        Assert.Equal(
            [(at(10), "Two"), (at(11), "One, Two"), (at(11.5), "One"), (at(12), "One, Two")],
            next.Select(time => (
                time.GetProperty("starts_at").GetDateTimeOffset(), string.Join(", ", time.GetProperty("spaces").EnumerateArray().Select(space => space.GetProperty("name").GetString())))));
        Assert.Equal([1, 2, 1, 2], next.Select(time => time.GetProperty("free_spaces").GetInt32()));
        await ada.BookedAsync(two, next[0].GetProperty("starts_at").GetDateTimeOffset(), next[0].GetProperty("ends_at").GetDateTimeOffset());

        // What was found a moment ago is gone. Of the evening nothing is left, and it is closed until the next week but one day.
        Assert.Equal(at(11), (await ada.NextAsync(120, at(7), $"location_id={place}")).Items()[0].GetProperty("starts_at").GetDateTimeOffset());
        Assert.Equal([at(32), at(168 + 8)], await Task.WhenAll(FirstAsync(at(17)), FirstAsync(at(24 + 17))));
        Assert.Empty((await ada.NextAsync(120, at(7), $"location_id={place}&kind=office")).Items());

        async Task<DateTimeOffset> FirstAsync(DateTimeOffset from) =>
            (await ada.NextAsync(120, from, $"location_id={place}&limit=1")).Items()[0].GetProperty("starts_at").GetDateTimeOffset();
    }

    [Theory, InBothShapes]
    public async Task A_question_without_a_day_or_a_place_is_refused_with_what_is_missing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (ada, place) = (await platform.BookerAsync(), await platform.OpenPlaceAsync("Centro"));
        foreach (var (question, field) in ((string, string)[])
            [
                ($"day?location_id={place}", "date"), ($"day?date=2026-02-30&location_id={place}", "date"), ("day?date=2026-12-01", "location_id"),
                ($"month?location_id={place}", "month"), ($"month?month=2026-13&location_id={place}", "month"), ("month?month=2026-12", "location_id"),
                ("next", "minutes"), ("next?minutes=0", "minutes"), ("next?minutes=60&from=1999-01-01T00:00:00Z", "from"),
            ])
        {
            var answer = (await ada.GetAsync($"/api/bookings/availability/{question}")).Expect(HttpStatusCode.BadRequest, "invalid");
            Assert.True(answer["errors"].TryGetProperty(field, out _), $"{question}: {answer}");
        }

        (await ada.GetAsync($"/api/bookings/availability/day?date=2026-12-01&location_id={Guid.CreateVersion7()}")).Expect(HttpStatusCode.NotFound, "location-not-found");
        (await ada.GetAsync($"/api/bookings/availability/month?month=2026-12&space_id={Guid.CreateVersion7()}")).Expect(HttpStatusCode.NotFound, "space-not-found");
    }

    private static string[] Words(JsonElement item, string name) =>
        [.. item.GetProperty(name).EnumerateArray().Select(part => part.GetProperty("reason").GetString()!)];
}
