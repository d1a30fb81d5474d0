using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Locations;

/// <summary>A retired one too: what was booked there is still looked at.</summary>
internal static class ShowLocation
{
    public static async Task<Results<Ok<LocationResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<LocationRow>(
            $"select {LocationRow.Columns} from locations where id = @id", new { id }, cancellationToken) is not { } location)
        {
            return LocationProblems.NotFound();
        }

        var today = LocalDay.Of(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(location.TimeZone));
        return TypedResults.Ok(location.ToResponse() with
        {
            Exceptions = await ListExceptions.BetweenAsync(database, id, today, today.AddDays(ListExceptions.MostDays), cancellationToken),
        });
    }
}
