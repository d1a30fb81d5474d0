using System.Text.Json;
using Portico.Payments.Features.Memberships;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>What people do with memberships.</summary>
internal static class MembershipSteps
{
    public const string Membership = "/api/payments/membership";

    public static async Task<Guid> OfferAsync(this Person admin, decimal price, Guid? plan = null, string currency = "EUR") =>
        (await admin.PostAsync(
            "/api/payments/admin/offers", new { name = AccountSteps.NewName("Offer"), price, currency, tax_percent = 22, plan_id = plan })).Expect(HttpStatusCode.Created).Id;

    public static Task<Answer> JoinAsync(this Person member, Guid offer) => member.PostAsync("/api/payments/memberships", new { offer_id = offer });

    public static Task<Answer> SwapAsync(this Person member, Guid offer) => member.PostAsync($"{Membership}/change", new { offer_id = offer });

    public static async Task<Answer> MembershipAsync(this Person member) => (await member.GetAsync(Membership)).Expect(HttpStatusCode.OK);

    public static async Task<string> StandingAsync(this Person member) => (await member.MembershipAsync())["membership"].GetProperty("status").GetString()!;

    /// <summary>What is owed as fees.</summary>
    public static async Task<decimal> FeesAsync(this Person member) =>
        (await member.GetAsync("/api/payments/balance")).Expect(HttpStatusCode.OK).Json.EnumerateArray()
            .Single(one => one.GetProperty("currency").GetString() == "EUR").GetProperty("fees").GetDecimal();

    /// <summary>The first days of its periods, newest first.</summary>
    public static async Task<IReadOnlyList<string>> PeriodsAsync(this Person member) =>
        [.. (await member.MembershipAsync())["periods"].EnumerateArray().Select(period => period.GetProperty("period_start").GetString()!)];

    /// <summary>The plan that Bookings says the member has, once it has heard.</summary>
    public static async Task<string?> PlanAsync(this Person member)
    {
        await member.Platform.ToldAsync("payments", member.Id);
        var credits = (await member.GetAsync("/api/bookings/credits")).Expect(HttpStatusCode.OK);
        return credits["plan"].ValueKind is JsonValueKind.Null ? null : credits["plan"].GetString();
    }

    /// <summary>Noon of another day; whoever signed in before does so again.</summary>
    public static async Task ComesAsync(this RunningPlatform platform, DateTimeOffset day, params Person[] people)
    {
        platform.Clock.MoveTo(day);
        foreach (var person in people)
        {
            await person.LoginAsync(person.Username);
        }
    }

    public static Task BillAsync(this RunningPlatform platform) => platform.RunPaymentsJobAsync<BillMemberships>();
}
