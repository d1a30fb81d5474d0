using System.Text.Json;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>What people do with cards that they keep with the provider.</summary>
internal static class CardSteps
{
    public const string Cards = "/api/payments/cards";
    public const string Works = "4242424242424242";
    public const string DeclinedLater = "4000000000000341";
    public const string AsksAlways = "4000002760003184";

    public static async Task<Guid> BeginsToSaveAsync(this Person member, bool forMemberships = false)
    {
        var begun = (await member.PostAsync(Cards, new { for_memberships = forMemberships })).Expect(HttpStatusCode.Created);
        Assert.Equal("open", begun["card"].GetProperty("status").GetString());
        return begun["card"].GetProperty("id").GetGuid();
    }

    public static Task<Answer> GiveToSaveAsync(this Person member, Guid card, string number) =>
        member.PostAsync($"/api/payments/sandbox/cards/{card}/card", new { number });

    /// <summary>Saves a test card, and Portico has heard of it.</summary>
    public static async Task<Guid> SavesAsync(this Person member, string number = Works, bool forMemberships = true)
    {
        var card = await member.BeginsToSaveAsync(forMemberships);
        if ((await member.GiveToSaveAsync(card, number)).Expect(HttpStatusCode.OK).Text("status") == "requires_action")
        {
            (await member.PostAsync($"/api/payments/sandbox/cards/{card}/bank", new { accepted = true })).Expect(HttpStatusCode.OK).ExpectStatus("succeeded");
        }

        await member.SavedAsync(card);
        return card;
    }

    public static Task SavedAsync(this Person member, Guid card) => Eventually.TrueAsync(
        async () => (await member.GetAsync($"{Cards}/{card}")).Expect(HttpStatusCode.OK).Text("status") == "saved", "the card is not saved");

    /// <summary>The last digits of the saved cards, the default first.</summary>
    public static async Task<IReadOnlyList<string>> CardsAsync(this Person member) =>
        [.. (await ListedCardsAsync(member)).Select(card => card.GetProperty("last4").GetString()!)];

    public static async Task<IReadOnlyList<JsonElement>> ListedCardsAsync(this Person member) =>
        [.. (await member.GetAsync(Cards)).Expect(HttpStatusCode.OK).Json.EnumerateArray()];
}
