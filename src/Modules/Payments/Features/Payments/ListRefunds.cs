using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Payments;

/// <summary>What is on its way back, or went back, or did not arrive: newest first.</summary>
internal static class ListRefunds
{
    public static async Task<Results<Ok<Page<RefundResponse>>, ProblemHttpResult>> Handle(
        [AllowedValues(null, "creating", "pending", "succeeded", "failed")] string? status, [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<RefundResponse>(
            $"""
            select {RefundResponse.Columns} from {RefundResponse.Tables}
            where (@status::text is null or refunds.status = @status) and (@before::uuid is null or refunds.id < @before)
            order by refunds.id desc limit @size + 1
            """, new { status, before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
