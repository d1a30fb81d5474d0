using System.ComponentModel.DataAnnotations;

namespace Portico.Payments;

/// <summary>A rate of tax as charges keep it: per cent, 0 to 100, with 3 digits after the point at the most.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TaxRateAttribute : RangeAttribute
{
    public TaxRateAttribute()
        : base(typeof(decimal), "0", "100")
    {
        ErrorMessage = "A rate of tax is from 0 to 100, with 3 digits after the point at the most.";
    }

    public override bool IsValid(object? value) => base.IsValid(value) && value is not decimal { Scale: > 3 };
}
