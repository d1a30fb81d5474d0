using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

internal static class RemoveException
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, string date, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!CalendarDay.TryRead(date, out var day))
        {
            return LocationProblems.WrongDay("date");
        }

        if (!await database.RunsAsync(user, id, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        var removed = await change.ExecuteAsync(
            "delete from opening_exceptions where location_id = @id and day = @day", new { id, day }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return removed == 1
            ? TypedResults.NoContent()
            : Problems.NotFound("opening-exception-not-found", "That day is open like any such weekday.");
    }
}
