using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Waiting;

/// <summary>A time that somebody else has now.</summary>
public sealed record JoinWaitingListRequest(
    [property: Required] Guid? SpaceId,
    [property: Required] DateTimeOffset? StartsAt,
    [property: Required] DateTimeOffset? EndsAt,
    [property: Range(1, 10_000)] int People = 1,
    [property: StringLength(500)] string? Note = null);

internal static class JoinWaitingList
{
    private const int MostAtOnce = 50;

    public static async Task<Results<Created<WaitingResponse>, ProblemHttpResult>> Handle(
        JoinWaitingListRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var asked = new HoldSpaceRequest(request.SpaceId, request.StartsAt, request.EndsAt, request.People, request.Note);
        var (wish, refusal) = await Wishes.ReadAsync(asked, database, user, now, cancellationToken);
        if (wish is null)
        {
            return refusal!;
        }

        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.IsFreeAsync(wish, now, cancellationToken))
        {
            return Problems.Conflict("slot-free", "Nobody has it: there is nothing to wait for.");
        }

        if (await change.FindAsync<int>(
            "select count(*)::int from waiting_entries where member_id = @Id and status = 'waiting'", new { user.Id }, cancellationToken) >= MostAtOnce)
        {
            return Problems.Conflict("waiting-enough", "You wait for as much as one can wait for.", ("limit", MostAtOnce));
        }

        try
        {
            var id = await change.JoinAsync(wish, now, cancellationToken);
            var entry = (await change.FindAsync<WaitingResponse>(
                $"select {WaitingResponse.Columns} from {WaitingResponse.Tables} where entry.id = @id", new { id }, cancellationToken))!;
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created("/api/bookings/waiting-list", entry);
        }
        catch (PostgresException e) when (e.ConstraintName == "waiting_entries_once")
        {
            return Problems.Conflict("already-waiting", "You wait for it already.");
        }
    }

    /// <summary>Puts a member at the end of the line for what they wish, and answers the entry's id.</summary>
    public static Task<Guid> JoinAsync(this Change change, Wish wish, DateTimeOffset now, CancellationToken cancellationToken) => change.FindAsync<Guid>(
        """
        insert into waiting_entries (id, space_id, location_id, member_id, starts_at, ends_at, people, note, created_at)
        values (@id, @SpaceId, @LocationId, @MemberId, @StartsAt, @EndsAt, @People, @Note, @now)
        returning id
        """,
        new
        {
            id = Guid.CreateVersion7(now), SpaceId = wish.Space.Id, wish.Space.LocationId, wish.MemberId, wish.StartsAt, wish.EndsAt, wish.People,
            wish.Note, now,
        },
        cancellationToken);
}
