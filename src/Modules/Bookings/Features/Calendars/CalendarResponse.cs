using Portico.Bookings.Features.Bookings;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Calendars;

/// <summary>An address from which a calendar program reads bookings. The address itself is not kept.</summary>
/// <param name="Space">Whose bookings it shows; null for my own.</param>
/// <param name="LastUsedAt">When it was last read, to the hour; null when it never was.</param>
public sealed record CalendarResponse(Guid Id, NamedPlace? Space, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

internal static class CalendarProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("calendar-not-found", "There is no such calendar.");
}
