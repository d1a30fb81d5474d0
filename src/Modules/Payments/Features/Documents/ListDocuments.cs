using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Documents;

/// <summary>Newest first.</summary>
internal static class ListDocuments
{
    private const int MostInCsv = 100_000;

    public static Task<Results<Ok<Page<DocumentResponse>>, CsvAnswer<DocumentResponse>, ProblemHttpResult>> HandleMine(
        Database<PaymentsModule> database,
        CurrentUser user,
        CancellationToken cancellationToken,
        [AllowedValues(null, "receipt", "invoice", "credit_note")] string? kind = null,
        [AllowedValues(null, "json", "csv")] string? format = null,
        [StringLength(1000)] string? after = null,
        [Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        ReadAsync(user.Id, kind, null, null, format, after, limit, database, cancellationToken);

    public static Task<Results<Ok<Page<DocumentResponse>>, CsvAnswer<DocumentResponse>, ProblemHttpResult>> HandleAll(
        Database<PaymentsModule> database,
        CancellationToken cancellationToken,
        [FromQuery(Name = "member_id")] Guid? memberId = null,
        [AllowedValues(null, "receipt", "invoice", "credit_note")] string? kind = null,
        [Range(typeof(DateTimeOffset), "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")] DateTimeOffset? from = null,
        [Range(typeof(DateTimeOffset), "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")] DateTimeOffset? to = null,
        [AllowedValues(null, "json", "csv")] string? format = null,
        [StringLength(1000)] string? after = null,
        [Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        ReadAsync(memberId, kind, from, to, format, after, limit, database, cancellationToken);

    private static async Task<Results<Ok<Page<DocumentResponse>>, CsvAnswer<DocumentResponse>, ProblemHttpResult>> ReadAsync(
        Guid? memberId, string? kind, DateTimeOffset? from, DateTimeOffset? to, string? format, string? after, int limit, Database<PaymentsModule> database,
        CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var rows = await database.QueryAsync<DocumentRow>(
            $"""
            select {DocumentRow.Columns} from documents
            where (@memberId::uuid is null or member_id = @memberId) and (@kind::text is null or kind = @kind)
              and (@from::timestamptz is null or issued_at >= @from) and (@to::timestamptz is null or issued_at < @to)
              and (@before::uuid is null or id < @before)
            order by id desc limit @most
            """, new { memberId, kind, from, to, before, most = format == "csv" ? MostInCsv : limit + 1 }, cancellationToken);
        IReadOnlyList<DocumentResponse> documents = [.. rows.Select(row => row.Shown())];
        return format == "csv" ? Csv(documents) : TypedResults.Ok(Paging.Cut(documents, limit, last => last.Id.ToString()));
    }

    private static CsvAnswer<DocumentResponse> Csv(IReadOnlyList<DocumentResponse> rows) => new(
        rows,
        "documents.csv",
        new("number", row => row.Number),
        new("kind", row => row.Kind),
        new("issued_at", row => row.IssuedAt),
        new("user_id", row => row.UserId),
        new("buyer", row => row.Buyer),
        new("currency", row => row.Currency),
        new("net", row => row.Taxes.Sum(rate => rate.Net)),
        new("tax", row => row.Taxes.Sum(rate => rate.Tax)),
        new("total", row => row.Total),
        new("about", row => row.AboutNumber));
}
