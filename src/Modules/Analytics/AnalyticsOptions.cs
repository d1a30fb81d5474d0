using System.ComponentModel.DataAnnotations;

namespace Portico.Analytics;

/// <summary>How statistics are told: <c>{"Modules": {"Analytics": {"Currency": "EUR"}}}</c>.</summary>
internal sealed class AnalyticsOptions
{
    public const string Section = "Modules:Analytics";

    /// <summary>The currency (ISO 4217) of <c>total_amount</c> when the caller names none. Amounts of others stand beside it.</summary>
    [RegularExpression("[A-Z]{3}")]
    public string Currency { get; init; } = "EUR";
}
