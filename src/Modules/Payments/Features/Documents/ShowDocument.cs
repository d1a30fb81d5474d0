using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Documents;

/// <summary>As data and on paper; what is somebody else's is not there.</summary>
internal static class ShowDocument
{
    public static async Task<Results<Ok<DocumentResponse>, ProblemHttpResult>> HandleMine(
        Guid id, Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await FindAsync(id, user.Id, database, cancellationToken) is { } document ? TypedResults.Ok(document.Shown()) : DocumentProblems.NotFound();

    public static async Task<Results<PdfAnswer, ProblemHttpResult>> HandleMyPdf(
        Guid id, Database<PaymentsModule> database, IOptions<DocumentsOptions> options, CurrentUser user,
        [FromHeader(Name = "Accept-Language")] string? language, CancellationToken cancellationToken) =>
        Paper(await FindAsync(id, user.Id, database, cancellationToken), options.Value, language);

    public static async Task<Results<PdfAnswer, ProblemHttpResult>> HandleAnyPdf(
        Guid id, Database<PaymentsModule> database, IOptions<DocumentsOptions> options, [FromHeader(Name = "Accept-Language")] string? language,
        CancellationToken cancellationToken) => Paper(await FindAsync(id, null, database, cancellationToken), options.Value, language);

    private static Task<DocumentRow?> FindAsync(Guid id, Guid? memberId, Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        database.FindAsync<DocumentRow>(
            $"select {DocumentRow.Columns} from documents where id = @id and (@memberId::uuid is null or member_id = @memberId)", new { id, memberId }, cancellationToken);

    private static Results<PdfAnswer, ProblemHttpResult> Paper(DocumentRow? document, DocumentsOptions options, string? language) => document is null
        ? DocumentProblems.NotFound()
        : new PdfAnswer(DocumentPdf.Write(document, options.FindZone(), Wording.OfBrowser(language, options.Language)), $"{document.Number}.pdf");
}
