using Portico.Platform.Web;

namespace Portico.Bookings.Features.Amenities;

/// <summary>What several features say about an amenity.</summary>
internal static class AmenityProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("amenity-not-found", "There is no such amenity.");

    public static ProblemHttpResult NameTaken() => Problems.Conflict("amenity-name-taken", "The location has an amenity with this name.");

    public static ProblemHttpResult Retired() => Problems.Conflict("amenity-retired", "The amenity is retired: nothing about it changes any more.");

    public static ProblemHttpResult InUse(int needed) => Problems.Conflict("stock-in-use", "More of it are promised at once.", ("needed", needed));
}
