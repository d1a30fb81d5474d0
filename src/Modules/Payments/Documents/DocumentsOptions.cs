using System.ComponentModel.DataAnnotations;
using Portico.Platform.Time;

namespace Portico.Payments.Documents;

/// <summary>
/// Who sells, as receipts and invoices say it: <c>{"Modules": {"Payments": {"Documents": {"Seller": "Portico s.r.l.",
/// "Address": "Via Roma 1, 10121 Torino", "VatId": "IT01234567890", "TaxPercent": 22, "TimeZone": "Europe/Rome", "Language": "it"}}}}</c>.
/// </summary>
internal sealed class DocumentsOptions : IValidatableObject
{
    public const string Section = "Modules:Payments:Documents";

    [Required, StringLength(200)]
    public string Seller { get; init; } = "Portico";

    /// <summary>Its lines one after the other, with commas between them.</summary>
    [RegularExpression(@"\S.{0,499}")]
    public string? Address { get; init; }

    [RegularExpression(@"\S.{0,49}")]
    public string? VatId { get; init; }

    [RegularExpression(@"\S.{0,199}")]
    public string? Email { get; init; }

    /// <summary>The tax in prices of which nobody said it.</summary>
    [Range(typeof(decimal), "0", "100")]
    public decimal TaxPercent { get; init; }

    /// <summary>An IANA time zone: by its calendar numbers begin anew each year, and statements have their months.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Of documents, where nobody's browser says otherwise: <c>en</c> or <c>it</c>.</summary>
    [AllowedValues("en", "it")]
    public string Language { get; init; } = "en";

    // Not a property: it would be read when the options are validated, and thrown before anything is said of the name.
    public TimeZoneInfo FindZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZones.IsKnown(TimeZone))
        {
            yield return new($"\"{TimeZone}\" is not a time zone such as Europe/Rome.", [nameof(TimeZone)]);
        }
    }
}
