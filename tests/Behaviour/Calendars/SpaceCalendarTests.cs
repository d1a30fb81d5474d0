using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Calendars;

public sealed class SpaceCalendarTests
{
    [Theory, InBothShapes]
    public async Task A_spaces_calendar_says_when_it_is_taken_and_never_by_whom(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager, anna) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.MemberAsync("anna.bianchi"));
        var place = await admin.AddOpenPlaceAsync("Isola");
        await admin.AppointAsync(place, manager, "manager");
        var (one, two) = (await admin.AddSpaceAsync(place, name: "Room one"), await admin.AddSpaceAsync(place, name: "Room two"));
        var hall = await admin.AddWholeAsync(place, one, two);
        var (area, desks) = await admin.AddAreaAsync(place, 2);
        DateTimeOffset At(double hours) => platform.Wednesday(hours);
        var booked = await anna.BookAndConfirmAsync(one, At(8), 1, "Interview with Berta Rossi");
        var held = await anna.BookAsync(one, At(10), 1);
        var whole = await anna.BookAndConfirmAsync(hall, At(12), 2);
        var called = await anna.BookAndConfirmAsync(two, At(15), 1);
        (await anna.PostAsync($"/api/bookings/{called}/cancel", new { reason = "Berta Rossi is ill" })).Expect(HttpStatusCode.OK);
        var desk = await anna.BookAndConfirmAsync(desks[1], At(9), 1);
        // As one that was booked as any desk of the area.
        await platform.ExecuteAsync("bookings", "update bookings set space_id = @area, desk_id = @desk where id = @id", new { area, desk = desks[1], id = desk });
        var (paint, clean, lifted, over) = (
            await platform.BlockAsync(hall, At(20), 2), await platform.BlockAsync(area, At(6), 1), await platform.BlockAsync(one, At(30), 1, liftedAt: platform.Clock.GetUtcNow()),
            await platform.BlockAsync(two, At(40), 4, liftedAt: At(41)));

        async Task<ReadCalendar> OfAsync(Guid space)
        {
            var answer = await platform.FetchAsync((await manager.AddCalendarAsync(space)).Url);
            Assert.All(["anna", "bianchi", "Berta", "Rossi", "Interview", "Paint"], name => Assert.DoesNotContain(name, answer.Body, StringComparison.OrdinalIgnoreCase));
            return await CalendarReader.ReadAsync(answer);
        }

        static IEnumerable<string> Lines(ReadCalendar calendar) => calendar.Events.Select(occasion => $"{occasion.Uid.Split('@')[0]} {occasion.Status} {occasion.Summary}");
        Assert.Equal(
            [$"{booked} CONFIRMED Booked", $"{held} TENTATIVE Held", $"{whole} CONFIRMED Booked", $"{paint} CONFIRMED Blocked", $"{lifted} CANCELLED Blocked"],
            Lines(await OfAsync(one)));
        var second = await OfAsync(two);
        Assert.Equal([$"{whole} CONFIRMED Booked", $"{called} CANCELLED Booked", $"{paint} CONFIRMED Blocked", $"{over} CONFIRMED Blocked"], Lines(second));
        Assert.Equal(At(41), second.Events.Single(occasion => occasion.Uid == $"{over}@portico").End);
        Assert.Equal(("Portico: Room two", "Europe/Rome"), (second.Name, second.TimeZone));
        Assert.Equal(7, (await OfAsync(hall)).Events.Count);
        Assert.Equal(7, (await OfAsync(hall)).Events.Count);
        Assert.Equal([$"{clean} CONFIRMED Blocked", $"{desk} CONFIRMED Booked"], Lines(await OfAsync(area)));
        Assert.Equal([$"{clean} CONFIRMED Blocked", $"{desk} CONFIRMED Booked"], Lines(await OfAsync(desks[1])));
        Assert.Equal([$"{clean} CONFIRMED Blocked"], Lines(await OfAsync(desks[0])));
    }

    [Theory, InBothShapes]
    public async Task Who_does_not_run_the_place_any_more_does_not_see_its_spaces(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager, anna) = (await platform.AdminAsync(), await platform.ManagerAsync(), await platform.MemberAsync());
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());
        await admin.AppointAsync(here, manager, "manager");
        var (room, other) = (await admin.AddSpaceAsync(here), await admin.AddSpaceAsync(there));

        foreach (var answer in new[] { await anna.PostAsync(CalendarSteps.Calendars, new { space_id = room }), await manager.PostAsync(CalendarSteps.Calendars, new { space_id = other }) })
        {
            answer.Expect(HttpStatusCode.NotFound, "space-not-found");
        }

        var (_, url) = await manager.AddCalendarAsync(room);
        var (_, admins) = await admin.AddCalendarAsync(other);
        (await platform.FetchAsync(url)).Expect(HttpStatusCode.OK);
        (await platform.FetchAsync(admins)).Expect(HttpStatusCode.OK);
        await admin.DismissAsync(here, manager);
        (await platform.FetchAsync(url)).Expect(HttpStatusCode.NotFound, "calendar-not-found");
        await admin.AppointAsync(here, manager, "manager");
        (await platform.FetchAsync(url)).Expect(HttpStatusCode.OK);
        (await admin.PutAsync($"/api/auth/admin/users/{manager.Id}/role", new { role = "member" })).Expect(HttpStatusCode.OK);
        await platform.ToldAsync("auth", manager.Id);
        (await platform.FetchAsync(url)).Expect(HttpStatusCode.NotFound, "calendar-not-found");
    }
}
