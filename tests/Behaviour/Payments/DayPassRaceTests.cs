using Microsoft.Extensions.DependencyInjection;
using Portico.Contracts.Bookings;
using Portico.Contracts.Members;
using Portico.Payments;
using Portico.Payments.Messages;
using Portico.Platform.Data;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>Two processes of Payments that share a database, and hear of everything at once.</summary>
[Trait("Category", "Proof")]
public sealed class DayPassRaceTests
{
    private static readonly DateTimeOffset Noon = new(2027, 1, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory, MemberData(nameof(PaymentRaceTests.Rounds), MemberType = typeof(PaymentRaceTests))]
    public async Task Of_one_day_left_and_two_visits_one_uses_it_and_the_other_is_charged_however_often_they_are_told(Shape shape, int rounds)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.Clock.MoveTo(Noon);
        await platform.StartAnotherAsync("payments");
        var admin = await platform.AdminAsync();
        var offer = await admin.OfferedPassAsync(1, 20);
        await admin.OfferedPassAsync(1, 25, atDoor: true);
        var processes = platform.Apps.Where(app => app.Services.GetService<ModuleDataSource<PaymentsModule>>() is not null).ToList();
        Assert.Equal(2, processes.Count);
        for (var round = 0; round < rounds; round++)
        {
            var anna = await platform.MemberAsync();
            var pass = await anna.BoughtPassAsync(offer);
            MemberCheckedIn[] visits = [DayPassSteps.Visit(anna.Id, Guid.CreateVersion7(), Noon), DayPassSteps.Visit(anna.Id, Guid.CreateVersion7(), Noon)];
            // Each ten times: the inbox forgets after a month, and knows a fact only by its id.
            await Task.WhenAll(Enumerable.Range(0, 20).Select(turn => processes[turn % 2].Services.HearAsync<MemberCheckedIn, NoteVisit>(
                visits[turn / 2 % 2] with { VisitId = turn < 4 ? visits[turn / 2 % 2].VisitId : Guid.CreateVersion7() })));

            Assert.Equal(["door", "pass"], (await anna.DaysAsync()).Order());
            Assert.Equal((("used_up", 0), 45m), (await anna.StandsAsync(pass), await anna.FeesAsync()));
        }

        var (id, day) = (Guid.CreateVersion7(), Noon.UtcDateTime.Date);
        Assert.Equal("visited_days_once", await platform.RefusalAsync(
            $"insert into visited_days (visit_id, member_id, location_id, day, came_at) select '{id}', member_id, location_id, day, came_at from visited_days limit 1"));
        Assert.Equal("day_passes_days", await platform.RefusalAsync(
            $"""
            insert into visited_days (visit_id, member_id, location_id, day, came_at, covered_by, pass_id)
            select '{id}', member_id, '{id}', '{day:yyyy-MM-dd}', now(), 'pass', id from day_passes where used = days limit 1
            """));
        Assert.Equal("day_passes_good", await platform.RefusalAsync(
            $"""
            insert into visited_days (visit_id, member_id, location_id, day, came_at, covered_by, pass_id)
            select '{id}', '{id}', '{id}', '{day:yyyy-MM-dd}', now(), 'pass', id from day_passes limit 1
            """));
        Assert.Equal("day_passes_by_visits", await platform.RefusalAsync("update day_passes set used = 0 where used = 1"));
        await platform.BookAgreesAsync();
    }

    [Theory, InBothShapes]
    public async Task Visits_and_plans_are_heard_of_in_any_order_and_the_same_days_are_charged(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        platform.Clock.MoveTo(Noon);
        var admin = await platform.AdminAsync();
        await admin.OfferedPassAsync(1, 25, atDoor: true);
        var payments = platform.Hosting<PaymentsModule>();
        var chance = new Random(20270115);
        for (var turn = 0; turn < 24; turn++)
        {
            var (member, place, plan) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            // A plan from the second day to the third, and visits on each of five days.
            Task GivenAsync() => payments.HearAsync<PlanGiven, FollowPlans>(new(member, plan, "Flex", null, Noon.AddDays(1), Noon.AddDays(1)));
            Task TakenAsync() => payments.HearAsync<PlanTaken, FollowPlans>(new(member, plan, Noon.AddDays(2)));
            var news = Enumerable.Range(0, 5).Select(day => (Func<Task>)(() => payments.HearAsync<MemberCheckedIn, NoteVisit>(DayPassSteps.Visit(member, place, Noon.AddDays(day))))).ToList();
            chance.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(news));
            // What one module tells of one member comes in its order.
            var given = chance.Next(news.Count + 1);
            news.Insert(given, GivenAsync);
            news.Insert(chance.Next(given + 1, news.Count + 1), TakenAsync);
            foreach (var hear in news)
            {
                await hear();
            }

            Assert.Equal(
                ["door", "plan", "plan", "door", "door"],
                await platform.QueryAsync<string>("payments", "select covered_by from visited_days where member_id = @member order by day", new { member }));
            Assert.Equal(
                75m, (await platform.QueryAsync<decimal>("payments", "select sum(amount) from transactions where member_id = @member and status = 'owed'", new { member })).Single());
        }

        await platform.BookAgreesAsync();
    }
}
