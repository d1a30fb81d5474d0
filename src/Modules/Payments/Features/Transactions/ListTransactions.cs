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
    private const int MostInCsv = 100_000;

    public static Task<Results<Ok<Page<TransactionResponse>>, CsvAnswer<TransactionResponse>, ProblemHttpResult>> HandleMine(
        [AllowedValues(null, "owed", "paid", "cancelled")] string? status,
        [StringLength(3)] string? currency,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        ReadAsync(user.Id, status, currency, format, after, limit, database, cancellationToken);

    public static async Task<Results<Ok<Page<TransactionResponse>>, CsvAnswer<TransactionResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId,
        [AllowedValues(null, "owed", "paid", "cancelled")] string? status,
        [StringLength(3)] string? currency,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await ReadAsync(memberId, status, currency, format, after, limit, database, cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Results<Ok<Page<TransactionResponse>>, CsvAnswer<TransactionResponse>, ProblemHttpResult>> ReadAsync(
        Guid memberId, string? status, string? currency, string? format, string? after, int? limit, Database<PaymentsModule> database,
        CancellationToken cancellationToken)
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
            order by id desc limit @most
            """, new { memberId, status, currency, before, most = format == "csv" ? MostInCsv : size + 1 }, cancellationToken);
        return format == "csv" ? Csv(rows) : TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }

    private static CsvAnswer<TransactionResponse> Csv(IReadOnlyList<TransactionResponse> rows) => new(
        rows,
        "transactions.csv",
        new("id", row => row.Id),
        new("created_at", row => row.CreatedAt),
        new("description", row => row.Description),
        new("currency", row => row.Currency),
        new("amount", row => row.Amount),
        new("status", row => row.Status),
        new("settled_at", row => row.SettledAt),
        new("booking_id", row => row.BookingId),
        new("fee", row => row.Fee));
}
