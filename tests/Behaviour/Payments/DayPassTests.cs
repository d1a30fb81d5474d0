using Microsoft.Extensions.DependencyInjection;
using Portico.Bookings;
using Portico.Bookings.Features.Plans;
using Portico.Contracts.Members;
using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Visits;

namespace Portico.Tests.Behaviour.Payments;

public sealed class DayPassTests
{
    private static readonly Dictionary<string, string?> InRome = new() { ["Modules:Payments:Documents:TimeZone"] = "Europe/Rome" };
    private static readonly DateTimeOffset Noon = new(2027, 1, 15, 11, 0, 0, TimeSpan.Zero);

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Who_has_no_plan_uses_a_day_of_a_pass_or_is_charged_one(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, InRome);
        platform.Clock.MoveTo(Noon);
        var (admin, anna, bruno) = (await platform.AdminAsync(), await platform.BookerAsync(), await platform.BookerAsync());
        await platform.AllToldAsync("auth");
        var (here, there) = (await admin.AddLocationAsync(), await admin.AddLocationAsync());

        // Nothing is charged that nobody set.
        await admin.ComesInAsync(there, bruno);
        Assert.Equal(["nothing"], await bruno.DaysAsync());
        var five = await admin.OfferedPassAsync(5, 100);
        (await anna.OfferPassAsync(1, 1)).Expect(HttpStatusCode.Forbidden);
        (await admin.OfferPassAsync(5, 90, atDoor: true)).Expect(HttpStatusCode.BadRequest, "invalid");
        await admin.OfferedPassAsync(1, 25, atDoor: true);
        (await admin.OfferPassAsync(1, 30, atDoor: true)).Expect(HttpStatusCode.Conflict, "door-offer-exists");

        var pass = await anna.BoughtPassAsync(five);
        Assert.Equal((100m, ("good", 5)), (await anna.FeesAsync(), await anna.StandsAsync(pass)));
        (await anna.BuyPassAsync(five)).Expect(HttpStatusCode.Conflict, "fees-owed");
        await anna.PaidByCardAsync();
        // The same day at the same place is one day, however often she comes in; elsewhere it is another.
        var visit = await admin.ComesInAsync(here, anna);
        (await admin.PostAsync($"/api/members/visits/{visit}/end", new { reason = "Lunch" })).Expect(HttpStatusCode.OK);
        await admin.ComesInAsync(here, anna);
        Assert.Equal((1, ("good", 4)), ((await anna.DaysAsync()).Count, await anna.StandsAsync(pass)));
        await admin.ComesInAsync(there, anna);
        Assert.Equal(("good", 3), await anna.StandsAsync(pass));
        // The calendar is the house's: half past eleven in the evening and half past midnight are two days, seven in the morning is the second.
        foreach (var at in (DateTimeOffset[])[Noon.AddHours(11.5), Noon.AddHours(12.5), Noon.AddHours(19)])
        {
            await platform.TellAsync("members", DayPassSteps.Visit(anna.Id, here, at));
        }

        Assert.Equal(("good", 2), await anna.StandsAsync(pass));

        // Bruno has none and is charged, as are not those of the house.
        await admin.ComesInAsync(here, bruno);
        await admin.ComesInAsync(here, admin);
        Assert.Equal(("door", 25m), ((await bruno.DaysAsync())[0], await bruno.FeesAsync()));
        Assert.Equal(("staff", 0m), ((await admin.DaysAsync()).Single(), await admin.FeesAsync()));
        Assert.Equal(2, (await platform.QueryAsync<long>("payments", "select count(*) from documents where kind = 'invoice'")).Single());
        (await bruno.GetAsync($"/api/payments/members/{anna.Id}/day-passes")).Expect(HttpStatusCode.Forbidden);

        // Staff give what was used back, and why: what was not paid is not owed, what was paid is a day again.
        var charged = (await admin.GetAsync($"/api/payments/members/{bruno.Id}/day-passes/visits")).Expect(HttpStatusCode.OK)["items"][0].GetProperty("visit_id").GetGuid();
        await ReturnAsync(admin, charged);
        await ReturnAsync(admin, visit);
        (await admin.PostAsync($"/api/payments/admin/day-passes/visits/{visit}/return", new { reason = "Again" })).Expect(HttpStatusCode.Conflict, "no-day-used");
        Assert.Equal((0m, "house", ("good", 3)), (await bruno.FeesAsync(), (await bruno.DaysAsync())[0], await anna.StandsAsync(pass)));
        Assert.Equal("called_off", (await bruno.GetAsync(DayPassSteps.Passes))["items"][0].GetProperty("status").GetString());

        (await admin.PostAsync($"/api/payments/admin/day-passes/{pass}/withdraw", new { reason = "Lost" })).Expect(HttpStatusCode.OK);
        var given = (await admin.PostAsync($"/api/payments/members/{anna.Id}/day-passes/given", new { offer_id = five, reason = "A gift" })).Expect(HttpStatusCode.Created).Id;
        var sold = (await admin.PostAsync($"/api/payments/members/{bruno.Id}/day-passes", new { offer_id = five })).Expect(HttpStatusCode.Created).Id;
        await platform.TellAsync("members", DayPassSteps.Visit(anna.Id, there, Noon.AddDays(1)));
        await platform.TellAsync("members", DayPassSteps.Visit(bruno.Id, there, Noon.AddDays(40)));
        Assert.Equal((("withdrawn", 3), ("good", 4), ("good", 5)), (await anna.StandsAsync(pass), await anna.StandsAsync(given), await bruno.StandsAsync(sold)));
        Assert.Equal((0m, 125m), (await anna.FeesAsync(), await bruno.FeesAsync()));
        await platform.BookAgreesAsync();
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Nobody_is_charged_on_a_day_of_a_plan_whoever_gave_it_and_whenever_that_is_heard(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, InRome);
        platform.Clock.MoveTo(Noon);
        var admin = await platform.AdminAsync();
        var (alone, inTeam, member, late) = (await platform.BookerAsync(), await platform.BookerAsync(), await platform.BookerAsync(), await platform.BookerAsync());
        var place = await admin.AddLocationAsync();
        var door = await admin.OfferedPassAsync(1, 25, atDoor: true);
        await admin.OfferedPassAsync(1, 40, atDoor: true, location: Guid.CreateVersion7());
        var plan = await admin.AddPlanAsync(10);
        var team = await admin.AddTeamAsync();
        (await admin.AddToTeamAsync(team, inTeam)).Expect(HttpStatusCode.NoContent);
        (await admin.PutAsync($"/api/bookings/teams/{team}/plan", new { plan_id = plan })).Expect(HttpStatusCode.OK);
        (await admin.GivePlanAsync(alone, plan)).Expect(HttpStatusCode.OK);
        (await member.JoinAsync(await admin.OfferAsync(10))).Expect(HttpStatusCode.Created);
        await platform.PlansToldAsync();

        Person[] all = [alone, inTeam, member, late];
        await ComeAsync(platform, all, place, Noon.AddMinutes(1));
        Assert.Equal(["plan", "plan", "membership", "door"], await LastDaysAsync(all));
        // On the day it is given the plan covers all of the day, and what was charged is owed no longer.
        (await admin.GivePlanAsync(late, plan)).Expect(HttpStatusCode.OK);
        await platform.PlansToldAsync();
        Assert.Equal(("plan", 0m), ((await late.DaysAsync()).Single(), await late.FeesAsync()));

        // The plans go in the course of the next day, and are gone the day after.
        await platform.ComesAsync(Noon.AddDays(1), [admin, .. all]);
        (await admin.DeleteAsync($"/api/bookings/teams/{team}/members/{inTeam.Id}")).Expect(HttpStatusCode.NoContent);
        (await admin.DeleteAsync($"/api/bookings/members/{alone.Id}/plan")).Expect(HttpStatusCode.NoContent);
        await platform.PlansToldAsync();
        await ComeAsync(platform, all, place, Noon.AddDays(1).AddMinutes(1));
        Assert.Equal(["plan", "plan", "membership", "plan"], await LastDaysAsync(all));
        await ComeAsync(platform, all, place, Noon.AddDays(2));
        Assert.Equal(["door", "door", "membership", "plan"], await LastDaysAsync(all));
        (await admin.PatchAsync($"/api/payments/admin/day-passes/offers/{door}", new { at_door = false })).Expect(HttpStatusCode.OK);
        await ComeAsync(platform, all, place, Noon.AddDays(3));
        Assert.Equal(["nothing", "nothing", "membership", "plan"], await LastDaysAsync(all));

        // Plans of before anybody was told of them are told once: what was charged meanwhile goes.
        await platform.ExecuteAsync(
            "bookings", "insert into member_plans (member_id, plan_id, since) values (@Id, @plan, @since)", new { alone.Id, plan, since = Noon.AddDays(2).UtcDateTime });
        Assert.Equal(25m, await alone.FeesAsync());
        await AnnounceAsync(platform);
        Assert.Equal((0m, "plan"), (await alone.FeesAsync(), (await alone.DaysAsync())[1]));
        var heard = await HeardAsync(platform);
        await AnnounceAsync(platform);
        Assert.Equal(heard, await HeardAsync(platform));
        await platform.BookAgreesAsync();
    }

    private static async Task ReturnAsync(Person admin, Guid visit) =>
        (await admin.PostAsync($"/api/payments/admin/day-passes/visits/{visit}/return", new { reason = "The heating failed" })).Expect(HttpStatusCode.OK);

    private static Task ComeAsync(RunningPlatform platform, IEnumerable<Person> people, Guid place, DateTimeOffset at) =>
        Task.WhenAll(people.Select(person => platform.TellAsync<MemberCheckedIn>("members", DayPassSteps.Visit(person.Id, place, at))));

    private static async Task<IReadOnlyList<string>> LastDaysAsync(IEnumerable<Person> people) =>
        [.. (await Task.WhenAll(people.Select(person => person.DaysAsync()))).Select(days => days[0])];

    private static async Task<long> HeardAsync(RunningPlatform platform) =>
        (await platform.QueryAsync<long>("payments", "select count(*) from inbox where consumer = 'FollowPlans'")).Single();

    private static async Task AnnounceAsync(RunningPlatform platform)
    {
        await using var scope = platform.Hosting<BookingsModule>().CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AnnouncePlans>().RunAsync(CancellationToken.None);
        await platform.PlansToldAsync();
    }
}
