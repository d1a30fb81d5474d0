using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Features.Bookings;
using Portico.Bookings.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Availability;

/// <summary>The location whose days are looked at: what a day is there, its clock says.</summary>
internal sealed record AskedPlace(Guid Id, string Name, string TimeZone, string OpeningHours, string Exceptions)
{
    public OpeningCalendar Calendar { get; } = new(TimeZone, OpeningHoursJson.ReadWeek(OpeningHours), StoredJson.Read<OpeningException[]>(Exceptions));

    public static async Task<(AskedPlace? Place, ProblemHttpResult? Refusal)> FindAsync(
        Database<BookingsModule> database, Guid? locationId, Guid? spaceId, DateOnly firstDay, DateOnly lastDay, CancellationToken cancellationToken)
    {
        if (locationId is null && spaceId is null)
        {
            return (null, Problems.Invalid("location_id", "Say which location, or which space: a day is one by its clock."));
        }

        var (from, until) = (Utc(firstDay), Utc(lastDay.AddDays(1)));
        var place = await database.FindAsync<AskedPlace>(
            $"""
            select place.id, place.name, place.time_zone, place.opening_hours::text, {BookableSpace.ExceptionsJson} as exceptions
            from locations as place
            where place.retired_at is null {(locationId is null ? "" : "and place.id = @locationId")}
              {(spaceId is null ? "" : "and place.id = (select location_id from spaces where id = @spaceId and status <> 'retired')")}
            """, new { locationId, spaceId, from, until }, cancellationToken);
        return place is null ? (null, spaceId is null ? LocationProblems.NotFound() : BookingProblems.SpaceNotFound()) : (place, null);
    }

    private static DateTimeOffset Utc(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
