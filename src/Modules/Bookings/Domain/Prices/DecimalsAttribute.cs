using System.ComponentModel.DataAnnotations;

namespace Portico.Bookings.Domain.Prices;

/// <summary>As many decimals as are kept: more would be rounded without a word.</summary>
internal sealed class DecimalsAttribute(int most) : ValidationAttribute($"Give {most} decimals at the most.")
{
    public override bool IsValid(object? value) => value is not decimal number || decimal.Round(number, most) == number;
}
