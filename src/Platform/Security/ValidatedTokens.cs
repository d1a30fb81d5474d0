using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using System.Text;

namespace Portico.Platform.Security;

/// <summary>
/// Remembers tokens that were found good, by hash, until they expire: checking one costs ten times a request's other
/// work. Whether its key is still believed and its session lasts is looked up on every request all the same.
/// </summary>
public sealed class ValidatedTokens(TokenValidator validator, RevokedSessions revoked, KeyRings rings, TimeProvider time)
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<UInt128, Entry> known = new();
    private readonly KeyRing keys = rings.For(KeyRings.Tokens);

    /// <summary>The bearer, or why the token is refused.</summary>
    public (ClaimsPrincipal? Principal, TokenRefusal Refusal) Check(string token)
    {
        var hash = Hash(token);
        if (!known.TryGetValue(hash, out var entry))
        {
            var (access, refusal) = validator.ValidateAccess(token);
            if (access is null)
            {
                return (null, refusal);
            }

            entry = new(access, access.ToPrincipal(BearerHandler.Scheme));
            if (known.Count >= Most)
            {
                known.Clear();
            }

            known[hash] = entry;
        }

        if (entry.Token.ExpiresAt <= time.GetUtcNow())
        {
            known.TryRemove(hash, out _);
            return (null, TokenRefusal.Expired);
        }

        if (keys.Find(entry.Token.KeyId) is null)
        {
            known.TryRemove(hash, out _);
            return (null, TokenRefusal.Invalid);
        }

        return revoked.Verdict(entry.Token.SessionId) switch
        {
            SessionVerdict.Lasts => (entry.Principal, default),
            SessionVerdict.Ended => (null, TokenRefusal.SessionEnded),
            _ => (null, TokenRefusal.Unverifiable),
        };
    }

    private static UInt128 Hash(string token)
    {
        Span<byte> utf8 = stackalloc byte[Math.Min(token.Length * 3, 8192)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var written = Encoding.UTF8.TryGetBytes(token, utf8, out var count) ? utf8[..count] : Encoding.UTF8.GetBytes(token);
        SHA256.HashData(written, hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private sealed record Entry(AccessToken Token, ClaimsPrincipal Principal);
}
