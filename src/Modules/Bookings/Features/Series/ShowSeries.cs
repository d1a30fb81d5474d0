using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Series;

internal static class ShowSeries
{
    public static async Task<Results<Ok<SeriesResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        await SeriesRow.FindAsync(database, id, user, cancellationToken) is { } series
            ? TypedResults.Ok(series.With(await SeriesBookings.AllAsync(database, id, cancellationToken), time.GetStoredNow()))
            : SeriesRow.NotFound();
}
