using System.Globalization;
using System.Text.Json;

namespace Portico.Tests.Behaviour.Bookings;

/// <summary>What people do with plans, teams and credits.</summary>
internal static class PlanSteps
{
    /// <summary>The middle of a month, so that none ends while a test runs.</summary>
    public static void MoveToMidMonth(this RunningPlatform platform)
    {
        var next = platform.Clock.GetUtcNow().UtcDateTime.AddMonths(1);
        platform.Clock.MoveTo(new(next.Year, next.Month, 15, 12, 0, 0, TimeSpan.Zero));
    }

    /// <summary>A member of whom Bookings has heard.</summary>
    public static async Task<Person> BookerAsync(this RunningPlatform platform)
    {
        var person = await platform.MemberAsync();
        await Eventually.TrueAsync(
            async () => (await person.GetAsync("/api/bookings/credits")).Status is HttpStatusCode.OK, $"Bookings does not know {person.Username}");
        return person;
    }

    public static async Task<Guid> AddPlanAsync(this Person admin, decimal hours, decimal discount = 0, string? name = null) =>
        (await admin.PostAsync(
            "/api/bookings/plans", new { name = name ?? AccountSteps.NewName("Plan"), discount_percent = discount, monthly_credit_hours = hours }))
        .Expect(HttpStatusCode.Created).Id;

    public static async Task<Guid> AddTeamAsync(this Person admin, Guid? plan = null) =>
        (await admin.PostAsync("/api/bookings/teams", new { name = AccountSteps.NewName("Team"), plan_id = plan })).Expect(HttpStatusCode.Created).Id;

    public static Task<Answer> GivePlanAsync(this Person admin, Person member, Guid plan) =>
        admin.PutAsync($"/api/bookings/members/{member.Id}/plan", new { plan_id = plan });

    public static Task<Answer> AddToTeamAsync(this Person admin, Guid team, Person member) =>
        admin.PutAsync($"/api/bookings/teams/{team}/members/{member.Id}");

    public static Task<Answer> AdjustAsync(this Person admin, Person member, decimal hours, string? month = null) =>
        admin.PostAsync($"/api/bookings/credits/members/{member.Id}", month is null ? new { hours, reason = "By hand" } : new { hours, reason = "By hand", month });

    public static async Task<Answer> CreditsAsync(this Person member) => (await member.GetAsync("/api/bookings/credits")).Expect(HttpStatusCode.OK);

    /// <summary>What is left of this month and of the next ones.</summary>
    public static async Task<IReadOnlyList<decimal>> BalancesAsync(this Person member) =>
        [.. (await member.CreditsAsync())["months"].EnumerateArray().Select(month => month.GetProperty("balance").GetDecimal())];

    public static async Task<IReadOnlyList<JsonElement>> EntriesAsync(this Person member) =>
        [.. (await member.GetAsync("/api/bookings/credits/entries")).Expect(HttpStatusCode.OK)["items"].EnumerateArray()];

    public static string Month(this RunningPlatform platform, int later = 0) =>
        platform.Clock.GetUtcNow().AddMonths(later).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
