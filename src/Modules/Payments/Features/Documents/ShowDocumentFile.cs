using Portico.Contracts.Payments;
using Portico.Platform.Messaging;

namespace Portico.Payments.Features.Documents;

/// <summary>For other processes of this installation.</summary>
internal static class ShowDocumentFile
{
    public static async Task<Results<JsonHttpResult<DocumentFile>, NotFound>> Handle(Guid id, IDocumentFiles files, CancellationToken cancellationToken) =>
        await files.FindAsync(id, cancellationToken) is { } file ? TypedResults.Json(file, EventJson.Options) : TypedResults.NotFound();
}
