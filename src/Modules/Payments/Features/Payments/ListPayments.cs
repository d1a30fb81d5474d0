using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Payments;

/// <summary>Newest first.</summary>
internal static class ListPayments
{
    public static Task<Results<Ok<Page<PaymentResponse>>, ProblemHttpResult>> HandleMine(
        [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, Database<PaymentsModule> database, CurrentUser user,
        CancellationToken cancellationToken) => ReadAsync(user.Id, after, limit, database, cancellationToken);

    public static async Task<Results<Ok<Page<PaymentResponse>>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit,
        Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await ReadAsync(memberId, after, limit, database, cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Results<Ok<Page<PaymentResponse>>, ProblemHttpResult>> ReadAsync(
        Guid memberId, string? after, int? limit, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<PaymentResponse>(
            $"""
            select {PaymentResponse.Columns} from payments
            where member_id = @memberId and (@before::uuid is null or id < @before) order by id desc limit @size + 1
            """, new { memberId, before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
