namespace Portico.Payments.Providers.Sandbox;

/// <summary>What a card does. The numbers and outcomes are Stripe's test cards: docs.stripe.com/testing.</summary>
/// <param name="Decline">Why it is declined, if it is.</param>
/// <param name="Asks">Whether its bank asks its owner first (3-D Secure).</param>
/// <param name="Disputed">Whether its owner wants the money back afterwards.</param>
/// <param name="RefundsSlowly">Whether what is given back is on its way first.</param>
/// <param name="RefundsFail">Whether it does not arrive then.</param>
/// <param name="AsksAlways">Whether its bank asks its owner even about a payment that they are not there for.</param>
/// <param name="Saves">Whether it can be saved though it is declined.</param>
internal sealed record SandboxCard(
    string Name, string? Decline = null, bool Asks = false, bool Disputed = false, bool RefundsSlowly = false, bool RefundsFail = false,
    bool AsksAlways = false, bool Saves = false);

internal static class SandboxCards
{
    private static readonly Dictionary<string, SandboxCard> ByNumber = new()
    {
        ["4242424242424242"] = new("visa"),
        ["4000056655665556"] = new("visa_debit"),
        ["5555555555554444"] = new("mastercard"),
        ["378282246310005"] = new("amex"),
        ["4000002760003184"] = new("asks", Asks: true, AsksAlways: true),
        ["4000002500003155"] = new("asks_always", Asks: true),
        ["4000008400001629"] = new("asks_and_declines", "card_declined", Asks: true),
        ["4000000000000002"] = new("declined", "generic_decline"),
        ["4000000000009995"] = new("no_funds", "insufficient_funds"),
        ["4000000000009987"] = new("lost", "lost_card"),
        ["4000000000009979"] = new("stolen", "stolen_card"),
        ["4000000000000069"] = new("expired", "expired_card"),
        ["4000000000000127"] = new("wrong_cvc", "incorrect_cvc"),
        ["4000000000000119"] = new("error", "processing_error"),
        ["4000000000000341"] = new("declined_later", "generic_decline", Saves: true),
        ["4000000000000259"] = new("disputed", Disputed: true),
        ["4000000000007726"] = new("refunds_slowly", RefundsSlowly: true),
        ["4000000000005126"] = new("refunds_fail", RefundsSlowly: true, RefundsFail: true),
    };

    private static readonly Dictionary<string, SandboxCard> ByName = ByNumber.Values.ToDictionary(card => card.Name);

    /// <summary>A card that is none of the test cards may be somebody's: it is declined, and nothing of it is kept.</summary>
    public static SandboxCard Of(string number) => ByNumber.TryGetValue(number, out var card)
        ? card
        : new("unknown", IsNumber(number) ? "test_mode_live_card" : "incorrect_number");

    public static string BrandOf(string number) => number[0] switch { '3' => "amex", '5' => "mastercard", _ => "visa" };

    public static SandboxCard Named(string name) => ByName[name];

    // The check digit: ISO/IEC 7812-1, annex B.
    private static bool IsNumber(string number)
    {
        var sum = 0;
        for (var at = 0; at < number.Length; at++)
        {
            var digit = number[^(at + 1)] - '0';
            sum += at % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }
}
