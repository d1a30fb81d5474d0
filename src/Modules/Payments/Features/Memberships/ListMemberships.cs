using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Memberships;

/// <summary>Newest first.</summary>
internal static class ListMemberships
{
    public static async Task<Results<Ok<Page<MembershipResponse>>, ProblemHttpResult>> Handle(
        [AllowedValues(null, "active", "past_due", "suspended", "paused", "ended")] string? status,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<MembershipResponse>(
            $"""
            select {MembershipResponse.Columns} from {MembershipResponse.Tables}
            where (@status::text is null or status = @status) and (@before::uuid is null or memberships.id < @before)
            order by memberships.id desc limit @size + 1
            """, new { status, before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
