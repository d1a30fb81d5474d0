using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Invites;

/// <summary>An invite. Its code is not kept.</summary>
/// <param name="Status"><c>open</c>, <c>redeemed</c>, <c>revoked</c> or <c>expired</c>.</param>
public sealed record InviteResponse(
    Guid Id, string Status, string Role, Guid LocationId, string LocationName, string? Note, DateTimeOffset ExpiresAt,
    Guid CreatedBy, DateTimeOffset CreatedAt, Guid? RedeemedBy, DateTimeOffset? RedeemedAt, DateTimeOffset? RevokedAt);

internal static class ListInvites
{
    public static async Task<Results<Ok<Page<InviteResponse>>, ProblemHttpResult>> Handle(
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<InviteResponse>(
            """
            select invites.id,
                   case when redeemed_at is not null then 'redeemed' when revoked_at is not null then 'revoked'
                        when expires_at <= @now then 'expired' else 'open' end as status,
                   role, location_id, place.name as location_name, note, expires_at, created_by, invites.created_at, redeemed_by, redeemed_at, revoked_at
            from invites join locations as place on place.id = invites.location_id
            where @before::uuid is null or invites.id < @before
            order by invites.id desc limit @size + 1
            """, new { now = time.GetUtcNow(), before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
