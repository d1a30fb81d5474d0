using System.Text.Json;
using Portico.Contracts.Members;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Bookings;

[Trait("Category", "Proof")]
public sealed class VisitTieTests
{
    private static readonly Dictionary<string, string?> NoSchedules = new() { ["Schedules:Enabled"] = "false" };

    [Theory, InBothShapes]
    public async Task A_pass_at_the_door_checks_in_to_what_the_member_booked_there(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var (here, elsewhere) = (await admin.RoomAsync(), await admin.RoomAsync());
        var (mine, desk) = (await anna.BookAsync(here.Room), await anna.BookAsync(await platform.AddSpaceAsync(here.Location, "desk"), until: 60));
        var (there, later) = (await anna.BookAsync(elsewhere.Room), await anna.BookAsync(here.Room, 150, 180));

        var visit = (await here.Kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK)["visit_id"].GetGuid();
        await anna.SettledAsync();

        foreach (var booking in (Guid[])[mine, desk])
        {
            var taken = await anna.BookingAsync(booking);
            Assert.Equal(("checked_in", visit), (taken.Text("status"), taken["visit_id"].GetGuid()));
        }

        Assert.Equal("confirmed", (await anna.BookingAsync(there)).Text("status"));
        Assert.Equal("confirmed", (await anna.BookingAsync(later)).Text("status"));

        // Out for a coffee.
        Assert.Equal("out", (await here.Kiosk.ScanAsync(anna)).Text("direction"));
        await anna.SettledAsync();
        Assert.Equal("checked_in", (await anna.BookingAsync(mine)).Text("status"));
        (await here.Kiosk.ScanAsync(anna)).Expect(HttpStatusCode.OK);
        await anna.SettledAsync();
        Assert.Equal(visit, (await anna.BookingAsync(mine))["visit_id"].GetGuid());
    }

    [Theory, InBothShapes]
    public async Task Whoever_checks_in_at_the_space_is_in_the_house_from_then_on(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var booking = await anna.BookAsync(stay.Room);

        var taken = (await anna.CheckInAtAsync(stay.Room)).Expect(HttpStatusCode.OK);
        Assert.Equal(("checked_in", JsonValueKind.Null), (taken.Text("status"), taken["visit_id"].ValueKind));
        await anna.SettledAsync();

        var visit = Assert.Single(await anna.VisitsAsync());
        Assert.Equal(("booking", stay.Location), (visit.Word("opened_by"), visit.GetProperty("location_id").GetGuid()));
        Assert.Equal(visit.GetProperty("id").GetGuid(), (await anna.BookingAsync(booking))["visit_id"].GetGuid());
        Assert.Equal(1, await anna.PeopleAtAsync(stay.Location));
        Assert.Equal("out", (await stay.Kiosk.ScanAsync(anna)).Text("direction"));
    }

    [Theory, InBothShapes]
    public async Task Whoever_came_by_the_door_gets_no_second_visit(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna, manager) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.ManagerAsync());
        var stay = await admin.RoomAsync();
        await admin.AppointAsync(stay.Location, manager, "manager");
        // Hours before what was booked.
        var (first, second) = (await anna.BookAsync(stay.Room, 120, 180), await anna.BookAsync(stay.Room, 180, 240));
        var visit = (await stay.Kiosk.ScanAsync(anna))["visit_id"].GetGuid();
        await anna.SettledAsync();
        platform.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(visit, (await anna.CheckInAtAsync(stay.Room)).Expect(HttpStatusCode.OK)["visit_id"].GetGuid());
        platform.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(visit, (await manager.PostAsync($"/api/bookings/{second}/check-in")).Expect(HttpStatusCode.OK)["visit_id"].GetGuid());
        await anna.SettledAsync();
        Assert.Single(await anna.VisitsAsync());
        Assert.Equal("checked_in", (await anna.BookingAsync(first)).Text("status"));
    }

    [Theory, InBothShapes]
    public async Task Staff_who_check_somebody_in_let_them_in_and_a_suspended_member_stays_out(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var (annas, bobs) = (await anna.BookAsync(stay.Room), await bob.BookAsync(await platform.AddSpaceAsync(stay.Location)));
        (await admin.PostAsync($"/api/auth/admin/users/{bob.Id}/suspend", new { reason = "Owes a lot" })).Expect(HttpStatusCode.OK);
        await platform.ToldAsync("auth", bob.Id);

        foreach (var (booking, member) in ((Guid, Person)[])[(annas, anna), (bobs, bob)])
        {
            (await admin.PostAsync($"/api/bookings/{booking}/check-in")).Expect(HttpStatusCode.OK);
            await member.SettledAsync();
        }

        var visit = Assert.Single(await anna.VisitsAsync());
        Assert.Equal(visit.GetProperty("id").GetGuid(), (await anna.BookingAsync(annas))["visit_id"].GetGuid());
        Assert.Empty(await platform.QueryAsync<Guid>("members", "select id from visits where member_id = @Id", new { bob.Id }));
    }

    [Theory, InBothShapes]
    public async Task A_door_that_was_offline_says_later_who_came_and_went(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna, bob) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var (annas, bobs) = (await anna.BookAsync(stay.Room), await bob.BookAsync(await platform.AddSpaceAsync(stay.Location), 120, 180));
        List<KeptScan> kept = [await anna.KeepScanAsync(), await bob.KeepScanAsync()];
        platform.Clock.Advance(TimeSpan.FromMinutes(20));
        kept.Add(await anna.KeepScanAsync());
        kept.Add(await bob.KeepScanAsync());
        platform.Clock.Advance(TimeSpan.FromMinutes(30));

        (await stay.Kiosk.ScanAllAsync([.. kept.Select(scan => scan.Body)])).Expect(HttpStatusCode.OK);
        await anna.SettledAsync();
        await bob.SettledAsync();

        // She was there in time, and has left since; his is for later, and by then he is gone.
        var taken = await anna.BookingAsync(annas);
        Assert.Equal("checked_in", taken.Text("status"));
        Assert.Equal(Assert.Single(await anna.VisitsAsync()).Instant("started_at"), taken["checked_in_at"].GetDateTimeOffset());
        Assert.Empty(await platform.QueryAsync<Guid>("bookings", "select member_id from present"));
        Assert.Equal("confirmed", (await bob.BookingAsync(bobs)).Text("status"));
    }

    [Fact]
    public async Task A_door_whose_clock_is_ahead_checks_nobody_in_before_they_came()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, NoSchedules);
        platform.MoveToWednesday();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var stay = await admin.RoomAsync();
        var booking = await anna.BookAsync(stay.Room);

        await platform.TellAsync("members", new MemberCheckedIn(Guid.CreateVersion7(), anna.Id, stay.Location, platform.Clock.GetUtcNow().AddMinutes(2)));
        Assert.True((await anna.BookingAsync(booking))["checked_in_at"].GetDateTimeOffset() <= platform.Clock.GetUtcNow(), "checked in at a time that has not come");
    }

    [Fact]
    public async Task News_of_visits_in_any_order_leave_nobody_in_who_has_left()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, NoSchedules);
        var (place, now) = (Guid.CreateVersion7(), platform.Clock.GetUtcNow());
        // Two visits one upon the other, and the end of the first told again, earlier.
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Func<Guid, Task>[] news =
        [
            member => platform.TellAsync("members", new MemberCheckedIn(first, member, place, now.AddHours(-5))),
            member => platform.TellAsync("members", new MemberCheckedOut(first, member, place, now.AddHours(-3), "moved")),
            member => platform.TellAsync("members", new MemberCheckedIn(second, member, place, now.AddHours(-3))),
            member => platform.TellAsync("members", new MemberCheckedOut(first, member, place, now.AddHours(-4), "scan")),
            member => platform.TellAsync("members", new MemberCheckedOut(second, member, place, now.AddHours(-1), "scan")),
        ];
        var orders = Orders([.. Enumerable.Range(0, news.Length)]).ToList();
        Assert.Equal(120, orders.Count);
        await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (order, _) =>
        {
            var member = Guid.CreateVersion7();
            foreach (var nth in order)
            {
                await news[nth](member);
            }

            // Told twice.
            await news[2](member);
            Assert.True(
                (await platform.QueryAsync<Guid>("bookings", "select visit_id from present where member_id = @member", new { member })).Count == 0,
                $"in for ever: {string.Join(' ', order)}");
        });
    }

    [Fact]
    public async Task Without_the_end_of_the_second_visit_its_member_is_in_whatever_the_order()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, NoSchedules);
        var (place, now) = (Guid.CreateVersion7(), platform.Clock.GetUtcNow());
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Func<Guid, Task>[] news =
        [
            member => platform.TellAsync("members", new MemberCheckedIn(first, member, place, now.AddHours(-5))),
            member => platform.TellAsync("members", new MemberCheckedOut(first, member, place, now.AddHours(-3), "moved")),
            member => platform.TellAsync("members", new MemberCheckedIn(second, member, place, now.AddHours(-3))),
        ];
        foreach (var order in Orders([0, 1, 2]))
        {
            var member = Guid.CreateVersion7();
            foreach (var nth in order)
            {
                await news[nth](member);
            }

            Assert.Equal([second], await platform.QueryAsync<Guid>("bookings", "select visit_id from present where member_id = @member", new { member }));
        }
    }

    private static IEnumerable<IReadOnlyList<int>> Orders(IReadOnlyList<int> items) => items.Count == 0
        ? [[]]
        : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (IReadOnlyList<int>)[first, .. rest]));
}
