using System.Security.Cryptography;
using System.Text.Json;

namespace Portico.Platform.Security;

/// <summary>
/// The secrets of one purpose, in one file of the key folder, shared by every process that signs or checks. A missing file
/// is made at first use; a changed one is read within five seconds, or at once when a key is not known.
/// </summary>
public sealed class KeyRing(string folder, string purpose, TimeProvider time, ILogger<KeyRings> logger)
{
    /// <summary>How long before a new key signs: every process has read the file by then.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private readonly Lock reading = new();
    private readonly string path = Path.Combine(folder, $"{purpose}.json");
    private IReadOnlyList<SigningKey> keys = [];
    private (DateTime WrittenAt, long Length) version;
    private long lookedAt;

    /// <summary>The key that signs now.</summary>
    public SigningKey Current
    {
        get
        {
            var now = time.GetUtcNow();
            var usable = Keys();
            return usable.Where(key => key.SignsFrom <= now).MaxBy(key => key.SignsFrom) ?? usable.MinBy(key => key.SignsFrom)!;
        }
    }

    /// <summary>The key with that id, or null when there is none or it is to be forgotten.</summary>
    public SigningKey? Find(string id) => In(Keys(), id) ?? In(Keys(atOnce: true), id);

    /// <summary>
    /// Adds a key that signs after <see cref="Lead"/>. The old ones are believed for <paramref name="overlap"/> more, so that
    /// nothing they signed turns bad before its time.
    /// </summary>
    public SigningKey Rotate(TimeSpan overlap)
    {
        var now = time.GetUtcNow();
        var added = New(now + Lead);
        KeyFile.CreateIfMissing(path, () => [New(now)]);
        KeyFile.Change(path, known =>
        [
            .. known
                .Where(key => key.ForgetAfter is not { } end || end > now)
                .Select(key => key.ForgetAfter is null ? key with { ForgetAfter = added.SignsFrom + overlap } : key),
            added,
        ]);
        Look(TimeSpan.Zero);
        return added;
    }

    private SigningKey? In(IReadOnlyList<SigningKey> among, string id)
    {
        foreach (var key in among)
        {
            if (key.Id == id)
            {
                return key.ForgetAfter is { } end && end <= time.GetUtcNow() ? null : key;
            }
        }

        return null;
    }

    private IReadOnlyList<SigningKey> Keys(bool atOnce = false)
    {
        // An attacker may send unknown key ids as fast as he likes: never look at the disk more than once a second for them.
        var patience = atOnce ? TimeSpan.FromSeconds(1) : LookAgain;
        return HasLooked(patience) ? keys : Look(patience);
    }

    private bool HasLooked(TimeSpan patience) => time.GetElapsedTime(Volatile.Read(ref lookedAt)) < patience && keys.Count > 0;

    private IReadOnlyList<SigningKey> Look(TimeSpan patience)
    {
        lock (reading)
        {
            // Whoever waited here may have been waiting for the one who looked.
            if (HasLooked(patience))
            {
                return keys;
            }

            try
            {
                ReadIfChanged();
            }
            catch (Exception e) when (keys.Count > 0 && e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
            {
                // Whoever is signed in stays so while somebody mends the file.
                logger.KeysCannotBeRead(purpose, e.Message);
            }

            // Last: until the file has been read nobody may take the keys from before for those of now.
            Volatile.Write(ref lookedAt, time.GetTimestamp());
            return keys;
        }
    }

    private void ReadIfChanged()
    {
        if (keys.Count == 0)
        {
            KeyFile.CreateIfMissing(path, () => [New(time.GetUtcNow())]);
        }

        var file = new FileInfo(path);
        var found = (file.LastWriteTimeUtc, file.Length);
        if (found != version)
        {
            (keys, version) = (KeyFile.Read(path), found);
        }
    }

    private static SigningKey New(DateTimeOffset signsFrom) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), RandomNumberGenerator.GetBytes(32), signsFrom, null);
}

internal static partial class KeyLog
{
    [LoggerMessage(LogLevel.Error, "The {Purpose} keys cannot be read; those known before are used: {Reason}")]
    public static partial void KeysCannotBeRead(this ILogger logger, string purpose, string reason);
}
