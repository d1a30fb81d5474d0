namespace Portico.Bookings.Features.Locations;

/// <summary>What may be said of a location, in the same words for a new one and for a change.</summary>
internal static class LocationLimits
{
    public const string NotBlank = @"(?s).*\S.*";
    public const string NameNeeded = "A name is needed.";
    public const string SomethingNeeded = "Send null to empty the field.";
    public const string Currency = "^[A-Z]{3}$";
    public const string WrongCurrency = "This is not the ISO 4217 code of a currency, such as EUR.";
    public const string TimeOfDay = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
    public const string WrongTimeOfDay = "This is not a time of day such as 22:00.";
    public const int TaxDecimals = 3;
    public const string WrongTax = "A tax has at most three decimals.";
}
