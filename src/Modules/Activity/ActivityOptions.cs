using System.ComponentModel.DataAnnotations;

namespace Portico.Activity;

/// <summary>How long what happened is kept: <c>{"Modules": {"Activity": {"AuditKeepMonths": 120}}}</c>.</summary>
internal sealed class ActivityOptions : IValidatableObject
{
    public const string Section = "Modules:Activity";

    /// <summary>How many whole months of the audit trail are kept, 12 at least; 0 keeps it for ever.</summary>
    [Range(0, 1200)]
    public int AuditKeepMonths { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AuditKeepMonths is > 0 and < 12)
        {
            yield return new("The audit trail is kept for 12 months at least, or for ever with 0.", [nameof(AuditKeepMonths)]);
        }
    }
}
