using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Documents;

/// <summary>A month of the book, as data and on paper.</summary>
internal static class ShowStatement
{
    public static Task<Results<Ok<StatementResponse>, CsvAnswer<StatementLine>, ProblemHttpResult>> HandleMine(
        [StringLength(7)] string month, [AllowedValues(null, "json", "csv")] string? format, Database<PaymentsModule> database, IOptions<DocumentsOptions> options,
        CurrentUser user, CancellationToken cancellationToken) => ReadAsync(user.Id, month, format, database, options.Value, cancellationToken);

    public static async Task<Results<Ok<StatementResponse>, CsvAnswer<StatementLine>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, [StringLength(7)] string month, [AllowedValues(null, "json", "csv")] string? format,
        Database<PaymentsModule> database, IOptions<DocumentsOptions> options, CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await ReadAsync(memberId, month, format, database, options.Value, cancellationToken)
            : TransactionProblems.NoMember();

    public static async Task<Results<PdfAnswer, ProblemHttpResult>> HandleMyPdf(
        [StringLength(7)] string month, Database<PaymentsModule> database, IOptions<DocumentsOptions> options, CurrentUser user, TimeProvider time,
        [FromHeader(Name = "Accept-Language")] string? language, CancellationToken cancellationToken)
    {
        if (!Statements.TryRead(month, out var first))
        {
            return DocumentProblems.NoMonth();
        }

        var statement = await database.ReadAsync(user.Id, first, options.Value.FindZone(), cancellationToken);
        var name = await database.FindAsync<string>("select username from people where id = @Id", new { user.Id }, cancellationToken);
        return new PdfAnswer(
            StatementPdf.Write(statement, user.Id, name ?? $"{user.Id}", options.Value, time.GetStoredNow(), Wording.OfBrowser(language, options.Value.Language)),
            $"statement-{statement.Month}.pdf");
    }

    private static async Task<Results<Ok<StatementResponse>, CsvAnswer<StatementLine>, ProblemHttpResult>> ReadAsync(
        Guid memberId, string month, string? format, Database<PaymentsModule> database, DocumentsOptions options, CancellationToken cancellationToken)
    {
        if (!Statements.TryRead(month, out var first))
        {
            return DocumentProblems.NoMonth();
        }

        var statement = await database.ReadAsync(memberId, first, options.FindZone(), cancellationToken);
        return format == "csv" ? Csv(statement) : TypedResults.Ok(statement);
    }

    private static CsvAnswer<StatementLine> Csv(StatementResponse statement) => new(
        [.. statement.Accounts.SelectMany(account => account.Lines)],
        $"statement-{statement.Month}.csv",
        new("at", line => line.At),
        new("kind", line => line.Kind),
        new("transaction_id", line => line.TransactionId),
        new("description", line => line.Description),
        new("currency", line => line.Currency),
        new("amount", line => line.Amount),
        new("balance", line => line.Balance));
}
