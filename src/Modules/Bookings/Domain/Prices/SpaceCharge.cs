using System.Globalization;

namespace Portico.Bookings.Domain.Prices;

/// <summary>A step of what the space itself costs, before it is rounded.</summary>
/// <param name="Parts">
/// The amount in parts of a <see cref="PartsOfOne"/>th. Minutes of an hour and percents of a rate divide by it: a third of an
/// hour has no end in decimals, and what is compared and added has to be exact.
/// </param>
internal sealed record SpaceCharge(string Description, decimal Quantity, PriceUnit Unit, decimal UnitPrice, decimal Parts)
{
    public const decimal PartsOfOne = 60 * 100;

    public decimal Exact => Parts / PartsOfOne;

    /// <summary>So many of a rate that holds for the whole of them.</summary>
    public static SpaceCharge Flat(string when, int quantity, PriceUnit unit, decimal rate, Adjusted adjusted) =>
        new($"{when}{adjusted.Text}", quantity, unit, adjusted.Of(rate), quantity * rate * adjusted.Percent * 60);

    /// <summary>Minutes at an hourly rate.</summary>
    public static SpaceCharge Hours(string when, decimal minutes, decimal rate, Adjusted adjusted) =>
        new($"{when}{adjusted.Text}", Math.Round(minutes / 60, 4), PriceUnit.Hour, adjusted.Of(rate), minutes * rate * adjusted.Percent);
}

/// <summary>What the adjustments that meet make of a rate.</summary>
/// <param name="Percent">Of the rate: 100 where nothing is adjusted, and never negative.</param>
internal sealed record Adjusted(decimal Percent, string Text)
{
    public static readonly Adjusted Not = new(100, "");

    public decimal Of(decimal rate) => rate * Percent / 100;

    public static Adjusted By(IEnumerable<PriceAdjustment> adjustments)
    {
        var all = adjustments.ToList();
        return new(
            Math.Max(0, 100 + all.Sum(one => one.Percent)),
            string.Concat(all.Select(one => string.Create(CultureInfo.InvariantCulture, $" {one.Percent:+0.##;-0.##;0} % {one.Name}"))));
    }
}
