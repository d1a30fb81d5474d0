namespace Portico.Contracts.Payments;

/// <summary>The files of documents about money, for who sends them on.</summary>
public interface IDocumentFiles
{
    /// <summary>The document as PDF, or null when there is none of that id.</summary>
    Task<DocumentFile?> FindAsync(Guid documentId, CancellationToken cancellationToken);
}

/// <summary>A document as a file.</summary>
/// <param name="FileName">Its number with <c>.pdf</c>.</param>
public sealed record DocumentFile(string FileName, byte[] Pdf);
