namespace Portico.Bookings.Features.Spaces;

/// <summary>What may be said of a space, in the same words for a new one, for a change and for a line of a file.</summary>
internal static class SpaceLimits
{
    public const string NotBlank = @"(?s).*\S.*";
    public const string NameNeeded = "A name is needed.";
    public const string SomethingNeeded = "Send null to empty the field.";
    public const int MostCapacity = 10_000;
    public const int MinutesOfADay = 1440;
    public const int LongestMinutes = 366 * MinutesOfADay;
    public const int LongestLead = 365 * MinutesOfADay;
    public const int FarthestDays = 730;
    public const int MostPlans = 50;
    public const int MostAmenities = 100;
    public const int MostParts = 100;
    public const int MostDesksAtOnce = 200;
}
