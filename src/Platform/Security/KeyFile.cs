using System.Text.Json;

namespace Portico.Platform.Security;

/// <summary>A key ring's file: readable by its owner only, replaced whole or not at all.</summary>
internal static class KeyFile
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static IReadOnlyList<SigningKey> Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<List<SigningKey>>(file, Json) is { Count: > 0 } keys
            ? keys
            : throw new InvalidDataException($"{path} holds no key.");
    }

    /// <summary>Of several processes starting at once one makes the file; the others find it.</summary>
    public static void CreateIfMissing(string path, Func<IReadOnlyList<SigningKey>> make)
    {
        if (File.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var temporary = Write(path, make());
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }

    public static void Replace(string path, IReadOnlyList<SigningKey> keys) => File.Move(Write(path, keys), path, overwrite: true);

    private static string Write(string path, IReadOnlyList<SigningKey> keys)
    {
        var temporary = $"{path}.{Guid.CreateVersion7():N}";
        using var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        JsonSerializer.Serialize(file, keys, Json);
        file.Flush(flushToDisk: true);
        return temporary;
    }
}
