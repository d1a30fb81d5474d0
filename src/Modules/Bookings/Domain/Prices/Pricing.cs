using System.Globalization;
using Portico.Platform.Amounts;

namespace Portico.Bookings.Domain.Prices;

/// <summary>What the location says about prices.</summary>
internal sealed record PricePlace(TimeZoneInfo Zone, string Currency, decimal TaxPercent, bool PricesIncludeTax);

/// <summary>Who pays, and what the plan gives.</summary>
/// <param name="CreditHours">
/// Those that may be used for this booking. Where a booking is changed, those that it has used already are among them.
/// </param>
internal sealed record PricePayer(string? Plan = null, decimal DiscountPercent = 0, decimal CreditHours = 0)
{
    public static readonly PricePayer WithoutPlan = new();
}

/// <summary>Something that comes with the space.</summary>
internal sealed record ChosenService(string Name, decimal UnitPrice, bool PerHour, int Quantity);

/// <summary>
/// The price of a booking: the one function that preview, hold, change and cancellation share. Every line is rounded, and the
/// total is their sum. In order: the space, the services, credits against the space, the plan's discount on what credits left
/// of the space, tax on all.
/// </summary>
internal static class Pricing
{
    public static Quote Of(
        DateTimeOffset startsAt, DateTimeOffset endsAt, PriceRules rules, IReadOnlyList<ChosenService> services, PricePlace place, PricePayer payer)
    {
        decimal Rounded(decimal amount) => Money.Round(amount, place.Currency);

        List<QuoteLine> lines =
        [
            .. SpacePrice.Of(startsAt, endsAt, place.Zone, rules).Select(charge =>
                new QuoteLine(QuoteLineKind.Space, charge.Description, charge.Quantity, charge.Unit, charge.UnitPrice, Rounded(charge.Exact))),
        ];
        var space = lines.Sum(line => line.Amount);
        var minutes = (decimal)(endsAt - startsAt).Ticks / TimeSpan.TicksPerMinute;
        lines.AddRange(services.Select(service => service.PerHour
            ? new QuoteLine(
                QuoteLineKind.Service, $"{service.Quantity} × {service.Name}, per hour", Math.Round(service.Quantity * minutes / 60, 4), PriceUnit.Hour,
                service.UnitPrice, Rounded(service.Quantity * service.UnitPrice * minutes / 60))
            : new QuoteLine(
                QuoteLineKind.Service, service.Name, service.Quantity, PriceUnit.Piece, service.UnitPrice, Rounded(service.Quantity * service.UnitPrice))));

        var (used, paid) = Credits(space, minutes / 60, payer.CreditHours, place.Currency);
        if (used > 0)
        {
            lines.Add(new(QuoteLineKind.Credits, $"Credits: {Number(used)} h", used, PriceUnit.Hour, null, -paid));
        }

        var discount = Rounded((space - paid) * payer.DiscountPercent / 100);
        if (discount > 0)
        {
            var plan = payer.Plan is null ? "" : $" {payer.Plan}";
            lines.Add(new(
                QuoteLineKind.Discount, $"Plan{plan}: {Number(payer.DiscountPercent)} % off {Number(space - paid)}",
                payer.DiscountPercent, PriceUnit.Percent, null, -discount));
        }

        return Taxed(lines, used, place);
    }

    /// <summary>
    /// The hours used and what they pay. The ledger counts hundredths of an hour: so does this, and a booking of 20 minutes is
    /// paid in full by 0.33 hours.
    /// </summary>
    private static (decimal Used, decimal Paid) Credits(decimal space, decimal hours, decimal available, string currency)
    {
        var needed = Hundredths(hours);
        var used = Math.Min(Hundredths(available), needed);
        // Nobody spends hours on what costs nothing.
        return used > 0 && Money.Round(space * used / needed, currency) is > 0 and var paid ? (used, paid) : (0, 0);
    }

    private static Quote Taxed(List<QuoteLine> lines, decimal creditHoursUsed, PricePlace place)
    {
        var sum = lines.Sum(line => line.Amount);
        var percent = place.TaxPercent;
        var tax = Money.Round(sum * percent / (place.PricesIncludeTax ? 100 + percent : 100), place.Currency);
        if (tax > 0)
        {
            var description = place.PricesIncludeTax ? $"Contains {Number(percent)} % tax" : $"{Number(percent)} % tax";
            lines.Add(new(QuoteLineKind.Tax, description, percent, PriceUnit.Percent, null, tax, place.PricesIncludeTax));
        }

        return place.PricesIncludeTax
            ? new(lines, sum - tax, tax, sum, place.Currency, creditHoursUsed)
            : new(lines, sum, tax, sum + tax, place.Currency, creditHoursUsed);
    }

    private static decimal Hundredths(decimal hours) => Math.Round(Math.Max(0, hours), 2, MidpointRounding.ToZero);

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
