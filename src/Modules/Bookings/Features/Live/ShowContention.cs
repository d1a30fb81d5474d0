using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Live;

/// <summary>How many others one has to reckon with. Never who.</summary>
/// <param name="Looking">People who asked for this within the last minute, the caller among them.</param>
/// <param name="Holding">Holds, and bookings that wait for approval or payment: they may still come free.</param>
/// <param name="Waiting">People in line for a time that touches this one.</param>
/// <param name="HeldUntil">When the first of those lapses; null when there is none.</param>
public sealed record ContentionResponse(int Looking, int Holding, int Waiting, DateTimeOffset? HeldUntil);

/// <summary>Asking says that one looks. A client asks again every twenty seconds or so while its user does.</summary>
internal static class ShowContention
{
    /// <summary>For how long somebody counts who asked once.</summary>
    public static readonly TimeSpan Attention = TimeSpan.FromSeconds(60);

    public static async Task<Results<Ok<ContentionResponse>, ProblemHttpResult>> Handle(
        Guid id, DateTimeOffset? from, DateTimeOffset? to, Database<BookingsModule> database, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (to <= from)
        {
            return Problems.Invalid("to", "The end must be after the start.");
        }

        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        // A statement does not see what it inserts itself: the caller is counted apart. Of an area any desk will do.
        if (await change.FindAsync<ContentionResponse>(
            $"""
            with space as (select id from spaces where id = @spaceId and status <> 'retired'),
            seen as (
                insert into space_views (space_id, member_id, seen_at) select id, @userId, @now from space
                on conflict (space_id, member_id) do update set seen_at = excluded.seen_at),
            held as (
                select distinct bookings.id, bookings.expires_at
                from space_units
                join claims on claims.unit_id = space_units.unit_id and claims.during && tstzrange(@from, @to)
                join bookings on bookings.id = claims.booking_id and bookings.expires_at > @now
                where space_units.space_id in (select @spaceId union select desk.id from spaces as desk where desk.area_id = @spaceId))
            select
                (select 1 + count(*) from space_views where space_id = @spaceId and seen_at > @since and member_id <> @userId)::int as looking,
                (select count(*) from held)::int as holding,
                (select count(distinct waiting_entries.member_id) from waiting_entries
                 where tstzrange(waiting_entries.starts_at, waiting_entries.ends_at) && tstzrange(@from, @to) and {WaitingSql.WantsTheSame})::int as waiting,
                (select min(expires_at) from held) as held_until
            from space
            """,
            new { spaceId = id, userId = user.Id, now, since = now - Attention, from, to }, cancellationToken) is not { } contention)
        {
            return BookingProblems.SpaceNotFound();
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(contention);
    }
}
