using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Calendars;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Reports;

/// <summary>A weekend on which the clocks are put forward in Rome, with a booking of every kind.</summary>
internal sealed record ReportScene(Person Admin, Person Manager, Person Berta, Guid Rome, DateOnly Saturday)
{
    public static async Task<ReportScene> SetAsync(RunningPlatform platform)
    {
        var sunday = new DateOnly(platform.Clock.GetUtcNow().Year + 1, 3, 31);
        sunday = sunday.AddDays(-(int)sunday.DayOfWeek);
        var saturday = new DateTimeOffset(sunday.AddDays(-1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        // Since midnight of Saturday in UTC: in Rome it is an hour more, and two from Sunday on.
        DateTimeOffset At(double hours) => saturday.AddHours(hours);
        platform.Clock.MoveTo(At(-40));
        var (admin, manager, anna, berta) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        await platform.ExecuteAsync("bookings", "update people set name = 'Anna', surname = 'Bianchi' where id = @Id", new { anna.Id });
        var rome = await AddPlaceAsync(admin, "Rome", "Europe/Rome", "EUR", [Range("saturday", "08:00", "12:00"), Range("sunday", "00:00", "24:00"), Range("monday", "08:00", "12:00")]);
        (await admin.PutAsync($"/api/bookings/locations/{rome}/exceptions/{sunday.AddDays(1):yyyy-MM-dd}", new { hours = new[] { new { opens = "10:00", closes = "14:00" } } })).Expect(HttpStatusCode.OK);
        await admin.AppointAsync(rome, manager, "manager");
        var (one, two) = (
            await admin.AddSpaceAsync(rome, name: "One", settings: new { prices = new { hourly = 10 }, cancellation = new { steps = new[] { new { hours_before = 1000, percent_kept = 50 } } } }),
            await admin.AddSpaceAsync(rome, name: "Two"));
        var hall = await admin.AddSpaceAsync(rome, "event_hall", name: "Hall");
        (await admin.PutAsync($"/api/bookings/spaces/{hall}/parts", new { part_ids = new[] { one, two } })).Expect(HttpStatusCode.OK);
        var area = await admin.AddSpaceAsync(rome, "hot_desk_area", new { capacity = 1 }, name: "Area");
        foreach (var desk in new[] { "Desk 1", "Desk 2" })
        {
            await admin.AddSpaceAsync(rome, "desk", new { capacity = 1 }, area, desk);
        }

        var soho = await AddPlaceAsync(admin, "Soho", "America/New_York", "USD", [Range("monday", "08:00", "20:00")]);
        var loft = await admin.AddSpaceAsync(soho, name: "Loft", settings: new { prices = new { hourly = 30 } });

        // The hall on Sunday from 01:00 to 04:00 on the clock: two hours.
        var inHall = await anna.BookAndConfirmAsync(hall, At(24), 2);
        var left = await SoldAsync(anna, one, At(8), 2.5, 10);
        var called = await SoldAsync(berta, one, At(36), 2, 15);
        (await berta.PostAsync($"/api/bookings/{called}/cancel")).Expect(HttpStatusCode.OK);
        var desked = await berta.BookAndConfirmAsync(area, At(42), 2);
        var late = await ForAsync(anna, two, At(59), 2);
        var missed = await SoldAsync(berta, one, At(40), 1, 0);
        await ForAsync(anna, two, At(-2), 1.5);
        await SoldAsync(berta, loft, At(62), 1, 30);
        await anna.BookAsync(one, At(57), 1);

        platform.Clock.MoveTo(At(8));
        (admin, manager, anna) = (await admin.LoginAsync(admin.Username), await manager.LoginAsync(manager.Username), await anna.LoginAsync(anna.Username));
        (await admin.PostAsync($"/api/bookings/{left}/check-in")).Expect(HttpStatusCode.OK);
        platform.Clock.MoveTo(At(9));
        (await anna.PostAsync($"/api/bookings/{left}/check-out")).Expect(HttpStatusCode.OK);
        await anna.BookAsync(two, At(56), 1);
        (await anna.PostAsync($"/api/bookings/{await anna.BookAsync(two, At(57), 1)}/cancel")).Expect(HttpStatusCode.OK);
        await platform.ExecuteAsync("bookings", "update bookings set status = 'no_show' where id = @missed", new { missed });
        // To the minute, as the hand counts.
        await platform.ExecuteAsync("bookings", "update bookings set ended_at = date_trunc('minute', ended_at) where id = @left", new { left });
        foreach (var (id, hours) in new[] { (inHall, 10), (left, 20), (called, 30), (desked, 40), (late, 50), (missed, 60) })
        {
            await platform.ExecuteAsync("bookings", "update bookings set created_at = starts_at - make_interval(hours => @hours) where id = @id", new { id, hours });
        }

        return new(admin, manager, berta, rome, DateOnly.FromDateTime(saturday.UtcDateTime));

        async Task<Guid> SoldAsync(Person member, Guid space, DateTimeOffset from, double hours, decimal paid)
        {
            var id = await member.BookAsync(space, from, hours);
            (await admin.PostAsync($"/api/bookings/{id}/confirm", new { reason = "Paid at the desk" })).Expect(HttpStatusCode.OK);
            await platform.ExecuteAsync("bookings", "update bookings set paid = @paid where id = @id", new { id, paid });
            return id;
        }

        async Task<Guid> ForAsync(Person member, Guid space, DateTimeOffset from, double hours)
        {
            var held = await admin.PostAsync(
                "/api/bookings", new { space_id = space, starts_at = from, ends_at = from.AddHours(hours), member_id = member.Id, reason = "Stays longer than we are open" });
            var id = held.Expect(HttpStatusCode.Created).Id;
            (await admin.PostAsync($"/api/bookings/{id}/confirm", new { reason = "Agreed" })).Expect(HttpStatusCode.OK);
            return id;
        }
    }

    private static object Range(string day, string opens, string closes) => new { day, opens, closes };

    private static async Task<Guid> AddPlaceAsync(Person admin, string name, string zone, string currency, object[] hours)
    {
        var id = (await admin.PostAsync("/api/bookings/locations", new { name, time_zone = zone, currency, opening_hours = hours })).Expect(HttpStatusCode.Created).Id;
        await admin.Platform.ToldAsync("bookings", id);
        return id;
    }
}
