using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

/// <summary>What several features say about a location.</summary>
internal static class LocationProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("location-not-found", "There is no such location.");

    public static ProblemHttpResult NameTaken() => Problems.Conflict("location-name-taken", "There is a location with this name.");

    public static ProblemHttpResult Retired() => Problems.Conflict("location-retired", "The location is retired: nothing new is planned there.");

    public static ProblemHttpResult UnknownTimeZone() => Problems.Invalid("time_zone", "This is not the IANA name of a time zone, such as Europe/Rome.");

    public static ProblemHttpResult WrongDay(string field) => Problems.Invalid(field, CalendarDay.Wrong);

    /// <summary>What no single field's limits say.</summary>
    public static ProblemHttpResult? Refuse(decimal? taxPercent, IReadOnlyList<OpeningRange>? openingHours)
    {
        if (taxPercent is { } tax && decimal.Round(tax, LocationLimits.TaxDecimals) != tax)
        {
            return Problems.Invalid("tax_percent", LocationLimits.WrongTax);
        }

        return openingHours is not null && WellFormedHours.Refuse(openingHours) is { } wrong ? Problems.Invalid("opening_hours", wrong) : null;
    }
}
