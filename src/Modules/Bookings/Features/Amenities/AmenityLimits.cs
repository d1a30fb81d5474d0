using Portico.Platform.Web;

namespace Portico.Bookings.Features.Amenities;

/// <summary>What may be said of an amenity, in the same words for a new one, for a change and for a line of a file.</summary>
internal static class AmenityLimits
{
    // Files list the names of a space's amenities, with semicolons between.
    public const string Name = @"^[^;\r\n]*[^;\s][^;\r\n]*$";
    public const string WrongName = "A name is one line, without semicolons.";
    public const string Highest = "100000000";
    public const int MostStock = 1000;
    private const int Decimals = 3;

    public static ProblemHttpResult? Refuse(decimal? unitPrice) =>
        unitPrice is { } price && decimal.Round(price, Decimals) != price ? Problems.Invalid("unit_price", $"Give {Decimals} decimals at the most.") : null;
}
