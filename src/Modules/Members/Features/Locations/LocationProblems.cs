using Portico.Platform.Web;

namespace Portico.Members.Features.Locations;

/// <summary>What several features say about a location.</summary>
internal static class LocationProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("location-not-found", "There is no such location.");

    public static ProblemHttpResult Retired() => Problems.Conflict("location-retired", "The location is retired: nothing new is planned there.");

    public static ProblemHttpResult UnknownTimeZone() => Problems.Invalid("time_zone", "This is not the IANA name of a time zone, such as Europe/Rome.");
}
