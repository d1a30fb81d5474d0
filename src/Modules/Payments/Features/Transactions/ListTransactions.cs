using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Transactions;

/// <summary>Newest first.</summary>
internal static class ListTransactions
{
    public static Task<Results<Ok<Page<TransactionResponse>>, ProblemHttpResult>> HandleMine(
        [AllowedValues(null, "owed", "paid", "cancelled")] string? status,
        [StringLength(3)] string? currency,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        ReadAsync(user.Id, status, currency, after, limit, database, cancellationToken);

    public static async Task<Results<Ok<Page<TransactionResponse>>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId,
        [AllowedValues(null, "owed", "paid", "cancelled")] string? status,
        [StringLength(3)] string? currency,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await ReadAsync(memberId, status, currency, after, limit, database, cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Results<Ok<Page<TransactionResponse>>, ProblemHttpResult>> ReadAsync(
        Guid memberId, string? status, string? currency, string? after, int? limit, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<TransactionResponse>(
            $"""
            select {TransactionResponse.Columns} from transactions
            where member_id = @memberId and (@status::text is null or status = @status) and (@currency::text is null or currency = @currency)
              and (@before::uuid is null or id < @before)
            order by id desc limit @size + 1
            """, new { memberId, status, currency, before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
