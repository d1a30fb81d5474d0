using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Payments;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Analytics;

public sealed class StatsTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task What_people_owe_pay_and_book_is_counted_and_each_sees_their_own(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        var (admin, manager, anna, bruno) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var place = await admin.OpenPlaceAsync();
        var elsewhere = await admin.OpenPlaceAsync();
        await admin.AppointAsync(place, manager, "manager");
        var room = await admin.AddSpaceAsync(place, settings: new { prices = new { hourly = 10 } });

        var first = await anna.OwesAsync(12.5m);
        await anna.OwesAsync(7);
        await anna.OwesAsync(30, "USD");
        (await anna.PayAsync(first)).Expect(HttpStatusCode.OK);
        (await bruno.CallOffAsync(await bruno.OwesAsync(5))).Expect(HttpStatusCode.OK);
        await platform.CountedAsync();

        Assert.Equal((4, 24.5m, 1, 6, 2), await admin.StatsAsync());
        Assert.Equal((4, 30m, 1, 6, 2), await admin.StatsAsync("currency=USD"));
        Assert.Equal((3, 19.5m, 1, 4, 1), await anna.StatsAsync());
        Assert.Equal((1, 5m, 0, 2, 1), await bruno.StatsAsync());
        Assert.Equal((0, 0m, 0, 0, 0), await manager.StatsAsync());
        var seed = (await admin.GetAsync("/analytics/stats")).Expect(HttpStatusCode.OK);
        Assert.Equal((await admin.AnalysedAsync("stats")).Body, seed.Body);
        Assert.Equal(
            "EUR 3 24.5 12.5 5, USD 1 30 0 0",
            string.Join(", ", seed["amounts"].EnumerateArray().Select(one => string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{one.GetProperty("currency")} {one.GetProperty("transactions")} {one.GetProperty("amount").GetDecimal():0.##} {one.GetProperty("paid").GetDecimal():0.##} {one.GetProperty("cancelled").GetDecimal():0.##}"))));
        (await platform.Somebody().GetAsync("/analytics/health")).Expect(HttpStatusCode.OK);
        (await platform.Somebody().GetAsync("/analytics/stats")).Expect(HttpStatusCode.Unauthorized);

        // A booking is paid and called off, another one stands; the money is where they are.
        var starts = platform.Hour(48);
        var called = await BookedAsync(anna, room, starts);
        (await anna.CancelAsync(called.Id)).Expect(HttpStatusCode.OK);
        var price = called["owed"].GetDecimal();
        await anna.RefundsComeToAsync((await anna.GetAsync(PaymentSteps.Payments)).Expect(HttpStatusCode.OK)["items"][0].GetProperty("id").GetGuid(), "succeeded");
        await BookedAsync(anna, room, starts, 2);
        await platform.CountedAsync();
        Assert.Equal((2, price * 3, 2, 4, 1), await manager.StatsAsync());
        Assert.Equal((2, price * 3, 2, 4, 1), await admin.StatsAsync($"location_id={place}"));
        Assert.Equal((6, 24.5m + (price * 3), 3, 10, 2), await admin.StatsAsync());
        var overview = await manager.AnalysedAsync($"overview?{Days(starts)}");
        Assert.Equal((2, 1, 2m, 1), (overview["bookings"].GetInt64(), overview["took_place"].GetInt64(), overview["booked_hours"].GetDecimal(), overview["members"].GetInt64()));
        Assert.Equal(["cancelled", "confirmed"], overview["by_status"].EnumerateArray().Select(one => one.GetProperty("status").GetString()!));
        var revenue = overview["revenue"][0];
        Assert.Equal(
            (price * 2, price * 3, price), (revenue.GetProperty("expected").GetDecimal(), revenue.GetProperty("paid").GetDecimal(), revenue.GetProperty("refunded").GetDecimal()));
        Assert.Equal(overview.Body, (await anna.AnalysedAsync($"overview?{Days(starts)}")).Body);
        Assert.Equal(0, (await bruno.AnalysedAsync($"overview?{Days(starts)}"))["bookings"].GetInt64());
        var day = Assert.Single((await manager.AnalysedAsync($"bookings?{Days(starts)}")).Json.EnumerateArray());
        Assert.Equal((2, 1, 2m), (day.GetProperty("bookings").GetInt64(), day.GetProperty("cancelled").GetInt64(), day.GetProperty("booked_hours").GetDecimal()));
        var performance = await manager.AnalysedAsync($"performance?{Days(starts)}");
        Assert.Equal(0.5m, performance["cancellation_rate"].GetDecimal());
        var occupancy = performance["occupancy"];
        Assert.Equal((2m, 72m), (occupancy.GetProperty("booked_hours").GetDecimal(), occupancy.GetProperty("open_hours").GetDecimal()));
        Assert.Equal(room, Assert.Single(performance["spaces"].EnumerateArray()).GetProperty("space_id").GetGuid());
        Assert.Equal(120, performance["hours"].EnumerateArray().Sum(hour => hour.GetProperty("booked_minutes").GetDecimal()));

        // Nobody looks where they do not work.
        foreach (var path in (string[])["stats?", $"stats/days?{Days(starts)}&", $"overview?{Days(starts)}&", $"bookings?{Days(starts)}&"])
        {
            (await manager.GetAsync($"/api/analytics/{path}location_id={elsewhere}")).Expect(HttpStatusCode.NotFound, "location-not-found");
            (await anna.GetAsync($"/api/analytics/{path}location_id={place}")).Expect(HttpStatusCode.NotFound, "location-not-found");
        }

        (await anna.GetAsync("/api/analytics/performance")).Expect(HttpStatusCode.Forbidden);
        (await manager.GetAsync("/api/analytics/stats/members")).Expect(HttpStatusCode.Forbidden);
        Assert.Equal([place], (await manager.AnalysedAsync("stats/locations")).Json.EnumerateArray().Select(one => one.GetProperty("location_id").GetGuid()).Distinct());
        var page = await admin.AnalysedAsync("stats/members?limit=1");
        var next = await admin.AnalysedAsync($"stats/members?limit=1&after={page.Text("next")}");
        Assert.Equal(
            new[] { anna.Id, bruno.Id }.Order(), ((Answer[])[page, next]).SelectMany(one => one["items"].EnumerateArray()).Select(one => one.GetProperty("member_id").GetGuid()));
        Assert.StartsWith("member_id,transactions,", (await admin.AnalysedAsync("stats/members?format=csv")).Body, StringComparison.Ordinal);
        (await admin.GetAsync("/api/analytics/overview?from=2026-13-01")).Expect(HttpStatusCode.BadRequest, "invalid");
        await platform.NumbersAgreeAsync();
    }

    private static string Days(DateTimeOffset around) => $"from={around.AddDays(-1):yyyy-MM-dd}&to={around.AddDays(1):yyyy-MM-dd}";

    private static async Task<Answer> BookedAsync(Person member, Guid room, DateTimeOffset from, double hours = 1)
    {
        var held = await member.HeldAsync(room, from, hours);
        (await member.ConfirmAsync(held.Id)).Expect(HttpStatusCode.OK).ExpectStatus("awaiting_payment");
        await Eventually.TrueAsync(
            async () => (await member.GetAsync($"{PaymentSteps.Transactions}/list?status=owed")).Body.Contains(held.Id.ToString(), StringComparison.Ordinal), "the charge does not appear");
        await member.PaidByCardAsync(held.Id);
        await member.BookingComesToAsync(held.Id, "confirmed");
        return held;
    }
}
