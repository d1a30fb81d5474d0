using Portico.Platform.Data;

namespace Portico.Bookings.Features.Locations;

/// <summary>Nothing that was booked is ever deleted: a place that is given up is retired. Its name is free for the next.</summary>
internal static class RetireLocation
{
    public static async Task<Results<Ok<LocationResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<LocationRow>(
            $"update locations set retired_at = coalesce(retired_at, @now) where id = @id returning {LocationRow.Columns}",
            new { id, now }, cancellationToken) is not { } retired)
        {
            return LocationProblems.NotFound();
        }

        change.Publish(retired.ToFact(now));
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(retired.ToResponse());
    }
}
