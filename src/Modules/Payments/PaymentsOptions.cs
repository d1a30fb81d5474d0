using System.ComponentModel.DataAnnotations;

namespace Portico.Payments;

/// <summary>
/// What members may owe: <c>{"Modules": {"Payments": {"MayOwe": {"EUR": 1000, "CHF": 900}, "Currency": "EUR"}}}</c>.
/// </summary>
internal sealed class PaymentsOptions : IValidatableObject
{
    public const string Section = "Modules:Payments";

    /// <summary>The currencies (ISO 4217) that members are charged in, and how much one may owe in each at a time.</summary>
    public Dictionary<string, decimal> MayOwe { get; init; } = new() { ["EUR"] = 1000, ["USD"] = 1000, ["GBP"] = 1000, ["CHF"] = 1000 };

    /// <summary>What a charge is in when it does not say.</summary>
    [RegularExpression("[A-Z]{3}")]
    public string Currency { get; init; } = "EUR";

    /// <summary>
    /// Whether members may say themselves that what they owe is paid, as the first Portico let them: no money is asked for. Off,
    /// only staff note what was paid.
    /// </summary>
    public bool MembersSettle { get; init; } = true;

    /// <summary>Who takes the money of new payments: <c>sandbox</c>, which takes none, or <c>stripe</c>.</summary>
    [AllowedValues("sandbox", "stripe")]
    public string Provider { get; init; } = "sandbox";

    /// <summary>
    /// How many cards may be declined before a booking gets no money and its slot is free for others. What is owed on account may be
    /// tried again and again.
    /// </summary>
    [Range(1, 10)]
    public int CardAttempts { get; init; } = 1;

    /// <summary>How many days back the nightly comparison with the provider looks.</summary>
    [Range(1, 365)]
    public int CompareDays { get; init; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MayOwe.ContainsKey(Currency))
        {
            yield return new($"{Currency} is not among the currencies of MayOwe.", [nameof(Currency)]);
        }

        foreach (var (currency, most) in MayOwe)
        {
            if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
            {
                yield return new($"\"{currency}\" is not a currency such as EUR.", [$"{nameof(MayOwe)}:{currency}"]);
            }

            if (most is < 0 or > 100_000_000)
            {
                yield return new($"What may be owed in {currency} is from 0 to 100000000.", [$"{nameof(MayOwe)}:{currency}"]);
            }
        }
    }
}
