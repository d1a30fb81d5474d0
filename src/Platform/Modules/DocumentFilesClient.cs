using System.Net;
using System.Net.Http.Json;
using Portico.Contracts.Payments;
using Portico.Platform.Messaging;

namespace Portico.Platform.Modules;

/// <summary>The files of documents, fetched over HTTP where Payments runs in another process.</summary>
public sealed class DocumentFilesClient(HttpClient payments) : IDocumentFiles
{
    /// <summary>Where Payments answers, for services only.</summary>
    public const string Path = "/internal/documents";

    public async Task<DocumentFile?> FindAsync(Guid documentId, CancellationToken cancellationToken)
    {
        using var answer = await payments.GetAsync($"{Path}/{documentId}", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<DocumentFile>(EventJson.Options, cancellationToken);
    }
}
