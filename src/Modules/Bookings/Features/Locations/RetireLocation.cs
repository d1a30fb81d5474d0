using Portico.Bookings.Data;
using Portico.Bookings.Features.Spaces;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

/// <summary>
/// Nothing that was booked is ever deleted: a place that is given up is retired, with all that is in it. Its name is free for
/// the next.
/// </summary>
internal static class RetireLocation
{
    public static async Task<Results<Ok<LocationResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        // Nobody books there meanwhile, and nobody adds a space.
        await change.LockStructureAsync(id, cancellationToken);
        var ahead = await change.LiveAheadAsync(LiveBookings.OfLocation, id, now, cancellationToken);
        if (ahead.Count > 0)
        {
            // What had lapsed stays let go.
            await change.CommitAsync(cancellationToken);
            return Problems.Conflict(
                "location-has-bookings", "It is booked in times to come: cancel what is there first.",
                ("count", ahead.Count), ("bookings", BookingAhead.Of(ahead)));
        }

        if (await change.FindAsync<LocationRow>(
            $"update locations set retired_at = coalesce(retired_at, @now) where id = @id returning {LocationRow.Columns}",
            new { id, now }, cancellationToken) is not { } retired)
        {
            return LocationProblems.NotFound();
        }

        await change.ExecuteAsync(
            """
            update spaces set status = 'retired', retired_at = @now where location_id = @id and status <> 'retired';
            update amenities set retired_at = @now where location_id = @id and retired_at is null;
            """, new { id, now }, cancellationToken);
        change.Publish(retired.ToFact(now));
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(retired.ToResponse());
    }
}
