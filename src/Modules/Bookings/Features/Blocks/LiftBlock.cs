using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Blocks;

internal static class LiftBlock
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Lifting>(
            $"select ends_at, lifted_at from blocks where id = @id and {LocationScope.Sql} for no key update",
            new { id, isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user) }, cancellationToken) is not { } block)
        {
            return BlockProblems.NotFound();
        }

        if (block.LiftedAt is not null)
        {
            return TypedResults.NoContent();
        }

        if (block.EndsAt <= now)
        {
            return Problems.Conflict("block-over", "It is over.", ("ended_at", block.EndsAt));
        }

        // Time only comes free, as when a booking is called off: that needs no lock.
        await change.ExecuteAsync(
            """
            delete from claims where block_id = @id;
            update blocks set lifted_at = @now where id = @id;
            insert into floor_changes (at, location_id, space_id, block_id, act, starts_at, ends_at, by_id)
            select @now, location_id, space_id, id, 'lift', starts_at, ends_at, @by from blocks where id = @id;
            """, new { id, now, by = user.Id }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private sealed record Lifting(DateTimeOffset EndsAt, DateTimeOffset? LiftedAt);
}
