using System.Security.Cryptography;

namespace Portico.Platform.Security;

/// <summary>
/// The secrets of one purpose, in one file of the key folder, shared by every process that signs or checks. A missing file
/// is made at first use; a changed one is read within five seconds, or at once when a key is not known.
/// </summary>
public sealed class KeyRing(string folder, string purpose, TimeProvider time)
{
    /// <summary>How long before a new key signs: every process has read the file by then.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private readonly Lock reading = new();
    private readonly string path = Path.Combine(folder, $"{purpose}.json");
    private IReadOnlyList<SigningKey> keys = [];
    private DateTime writtenAt;
    private long lookedAt;

    /// <summary>Grows whenever the file was read anew.</summary>
    public int Generation { get; private set; }

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
        var signsFrom = now + Lead;
        var added = New(signsFrom);
        var kept = Keys(atOnce: true)
            .Where(key => key.ForgetAfter is not { } end || end > now)
            .Select(key => key.ForgetAfter is null ? key with { ForgetAfter = signsFrom + overlap } : key);
        KeyFile.Replace(path, [.. kept, added]);
        Keys(atOnce: true);
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
        if (keys.Count > 0 && time.GetElapsedTime(Volatile.Read(ref lookedAt)) < patience)
        {
            return keys;
        }

        lock (reading)
        {
            KeyFile.CreateIfMissing(path, () => [New(time.GetUtcNow())]);
            var changed = File.GetLastWriteTimeUtc(path);
            if (changed != writtenAt)
            {
                (keys, writtenAt) = (KeyFile.Read(path), changed);
                Generation++;
            }

            Volatile.Write(ref lookedAt, time.GetTimestamp());
            return keys;
        }
    }

    private static SigningKey New(DateTimeOffset signsFrom) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), RandomNumberGenerator.GetBytes(32), signsFrom, null);
}
