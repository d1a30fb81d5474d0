using Microsoft.Extensions.Options;
using Portico.Contracts.Payments;
using Portico.Platform.Data;

namespace Portico.Payments.Documents;

internal sealed class DocumentFiles(Database<PaymentsModule> database, IOptions<DocumentsOptions> options) : IDocumentFiles
{
    public async Task<DocumentFile?> FindAsync(Guid documentId, CancellationToken cancellationToken) =>
        await database.FindAsync<DocumentRow>($"select {DocumentRow.Columns} from documents where id = @documentId", new { documentId }, cancellationToken) is { } row
            ? new($"{row.Number}.pdf", DocumentPdf.Write(row, options.Value.FindZone(), Wording.In(options.Value.Language)))
            : null;
}
