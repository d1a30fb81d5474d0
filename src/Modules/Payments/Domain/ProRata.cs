using Portico.Platform.Amounts;

namespace Portico.Payments.Domain;

/// <summary>What another offer costs for the rest of a period, against what is left of the old one.</summary>
/// <param name="Charge">To be paid more.</param>
/// <param name="Credit">Left over, for the next periods.</param>
internal readonly record struct ProRata(decimal Charge, decimal Credit)
{
    /// <summary>From <paramref name="on"/> the new price holds; that day is one of the new.</summary>
    public static ProRata Of(decimal oldPrice, decimal newPrice, string currency, BillingPeriod period, DateOnly on)
    {
        var more = Rest(newPrice, currency, period, on) - Rest(oldPrice, currency, period, on);
        return new(Math.Max(0, more), Math.Max(0, -more));
    }

    /// <summary>The part of a price that is for the days from <paramref name="on"/>. With the part before it is the price, to the cent.</summary>
    public static decimal Rest(decimal price, string currency, BillingPeriod period, DateOnly on)
    {
        var used = Math.Clamp(on.DayNumber - period.Start.DayNumber, 0, period.Days);
        return price - Money.Round(price * used / period.Days, currency);
    }

    /// <summary>What of an amount is paid with a credit.</summary>
    public static decimal CreditUsed(decimal amount, decimal credit) => Math.Min(amount, credit);
}
