using System.Text.Json;

namespace Portico.Platform.Security;

/// <summary>A key ring's file: readable by its owner only, replaced whole or not at all.</summary>
internal static class KeyFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static IReadOnlyList<SigningKey> Read(string path)
    {
        using var file = File.OpenRead(path);
        return JsonSerializer.Deserialize<List<SigningKey>>(file, Json) is { Count: > 0 } keys
            ? keys
            : throw new InvalidDataException($"{path} holds no key.");
    }

    /// <summary>Of several processes starting at once one makes the file; the others wait and find it.</summary>
    public static void CreateIfMissing(string path, Func<IReadOnlyList<SigningKey>> make)
    {
        if (File.Exists(path))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var only = Lock(path);
        if (!File.Exists(path))
        {
            File.Move(Write(path, make()), path);
        }
    }

    /// <summary>Changes what is in the file at that moment; several processes that do so queue.</summary>
    public static void Change(string path, Func<IReadOnlyList<SigningKey>, IReadOnlyList<SigningKey>> change)
    {
        using var only = Lock(path);
        File.Move(Write(path, change(Read(path))), path, overwrite: true);
    }

    // Moving a file "without overwriting" looks first and renames then: two processes would both see nothing and both move.
    // The lock's file stays: were it deleted, one process could hold the deleted one while another locks a new one.
    private static FileStream Lock(string path)
    {
        FileStream? held = null;
        return SpinWait.SpinUntil(() => TryLock($"{path}.lock", out held), Patience) ? held! : throw new IOException($"{path} stays locked by another process.");
    }

    private static bool TryLock(string path, out FileStream? held)
    {
        try
        {
            held = new FileStream(path, Private(FileMode.OpenOrCreate));
            return true;
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            held = null;
            return false;
        }
    }

    private static string Write(string path, IReadOnlyList<SigningKey> keys)
    {
        var temporary = $"{path}.{Guid.CreateVersion7():N}";
        using var file = new FileStream(temporary, Private(FileMode.CreateNew));
        JsonSerializer.Serialize(file, keys, Json);
        file.Flush(flushToDisk: true);
        return temporary;
    }

    private static FileStreamOptions Private(FileMode mode) => new()
    {
        Mode = mode,
        Access = FileAccess.Write,
        Share = FileShare.None,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };
}
