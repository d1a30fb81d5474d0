using System.Security.Cryptography;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>A file that only its owner reads, written whole or not at all.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string NewPassword() => RandomNumberGenerator.GetHexString(48, lowercase: true);

    public static async Task WriteAsync(string path, string content, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.{Guid.CreateVersion7():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        await using (var writer = new StreamWriter(unfinished, options))
        {
            await writer.WriteAsync(content.AsMemory(), cancellationToken);
            await writer.FlushAsync(cancellationToken);
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
