using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>Nothing that was booked is ever deleted: what is given up is retired, an area with its desks. Its name is free for the next.</summary>
internal static class RetireSpace
{
    public static async Task<Results<Ok<SpaceResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindRunSpaceAsync(id, user, cancellationToken) is not { } location)
        {
            return BookingProblems.SpaceNotFound();
        }

        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockAsync(location, [id], cancellationToken);
        var ahead = await change.LiveAheadAsync(LiveBookings.OfSpace, id, now, cancellationToken);
        if (ahead.Count > 0)
        {
            // What had lapsed stays let go.
            await change.CommitAsync(cancellationToken);
            return SpaceProblems.HasBookings(ahead);
        }

        var wholes = await change.QueryAsync<NamedPlace>(
            """
            select whole.id, whole.name from space_parts
            join spaces as part on part.id = space_parts.part_id and (part.id = @id or part.area_id = @id)
            join spaces as whole on whole.id = space_parts.space_id and whole.status <> 'retired'
            order by lower(whole.name), whole.id
            """, new { id }, cancellationToken);
        if (wholes.Count > 0)
        {
            return Problems.Conflict("space-is-part", "Others consist of it: take it out of them first.", ("spaces", wholes.Distinct().ToList()));
        }

        await change.ExecuteAsync(
            "update spaces set status = 'retired', retired_at = @now where (id = @id or area_id = @id) and status <> 'retired'", new { id, now }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok((await SpaceResponse.FindAsync(database, id, cancellationToken))!);
    }
}
