using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portico.Contracts.Members;
using Portico.Payments;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>What people do with day passes, and what becomes of their visits.</summary>
internal static class DayPassSteps
{
    public const string Passes = "/api/payments/day-passes";

    public static Task<Answer> OfferPassAsync(this Person admin, int days, decimal price, bool atDoor = false, Guid? location = null, int validDays = 30) =>
        admin.PostAsync(
            "/api/payments/admin/day-passes/offers",
            new { name = AccountSteps.NewName("Pass"), days, price, valid_days = validDays, tax_percent = 22, at_door = atDoor, location_id = location });

    public static async Task<Guid> OfferedPassAsync(this Person admin, int days, decimal price, bool atDoor = false, Guid? location = null, int validDays = 30) =>
        (await admin.OfferPassAsync(days, price, atDoor, location, validDays)).Expect(HttpStatusCode.Created).Id;

    public static Task<Answer> BuyPassAsync(this Person member, Guid offer) => member.PostAsync(Passes, new { offer_id = offer });

    public static async Task<Guid> BoughtPassAsync(this Person member, Guid offer) => (await member.BuyPassAsync(offer)).Expect(HttpStatusCode.Created).Id;

    /// <summary>Comes in, and everybody has heard of it; answers the visit.</summary>
    public static async Task<Guid> ComesInAsync(this Person staff, Guid location, Person member)
    {
        var visit = (await staff.PostAsync($"/api/members/locations/{location}/visits", new { member_id = member.Id, reason = "Came in" })).Expect(HttpStatusCode.Created).Id;
        await staff.Platform.ToldAsync("members", member.Id);
        return visit;
    }

    /// <summary>Another module has told Payments of somebody's plans, too.</summary>
    public static Task PlansToldAsync(this RunningPlatform platform) => platform.AllToldAsync("bookings");

    /// <summary>What covered the member's days, newest first.</summary>
    public static async Task<IReadOnlyList<string>> DaysAsync(this Person member) =>
        [.. (await member.GetAsync($"{Passes}/visits")).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Select(day => day.GetProperty("covered_by").GetString()!)];

    public static async Task<JsonElement> PassAsync(this Person member, Guid pass) =>
        (await member.GetAsync(Passes)).Expect(HttpStatusCode.OK)["items"].EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == pass);

    public static async Task<(string Status, int Left)> StandsAsync(this Person member, Guid pass) =>
        await member.PassAsync(pass) is var shown ? (shown.GetProperty("status").GetString()!, shown.GetProperty("left").GetInt32()) : default;

    /// <summary>Payments hears of something, as it would from another module.</summary>
    public static async Task HearAsync<TEvent, THandler>(this IServiceProvider payments, TEvent fact)
        where THandler : class, IHandleEvent<TEvent>
    {
        await using var scope = payments.CreateAsyncScope();
        await using var change = await scope.ServiceProvider.GetRequiredService<Database<PaymentsModule>>().BeginAsync(CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(fact, change, CancellationToken.None);
        await change.CommitAsync(CancellationToken.None);
    }

    public static MemberCheckedIn Visit(Guid member, Guid location, DateTimeOffset at) => new(Guid.CreateVersion7(at), member, location, at, "member");
}
