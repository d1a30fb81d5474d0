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
    // Two halves: when the younger is full it becomes the older one, and what nobody used since the last time is forgotten.
    private const int Half = 50_000;
    private readonly KeyRing keys = rings.For(KeyRings.Tokens);
    private ConcurrentDictionary<UInt128, AccessToken> young = new();
    private ConcurrentDictionary<UInt128, AccessToken> old = new();
    private int remembered;

    /// <summary>The bearer, or why the token is refused.</summary>
    public (ClaimsPrincipal? Principal, TokenRefusal Refusal) Check(string token)
    {
        var hash = Hash(token);
        if (!young.TryGetValue(hash, out var access))
        {
            if (!old.TryGetValue(hash, out access))
            {
                (access, var refusal) = validator.ValidateAccess(token);
                if (access is null)
                {
                    return (null, refusal);
                }
            }

            Remember(hash, access);
        }

        if (access.ExpiresAt <= time.GetUtcNow())
        {
            return (null, TokenRefusal.Expired);
        }

        if (keys.Find(access.KeyId) is null)
        {
            return (null, TokenRefusal.Invalid);
        }

        return revoked.Verdict(access.SessionId) switch
        {
            SessionVerdict.Lasts => (access.ToPrincipal(BearerHandler.Scheme), default),
            SessionVerdict.Ended => (null, TokenRefusal.SessionEnded),
            _ => (null, TokenRefusal.Unverifiable),
        };
    }

    private void Remember(UInt128 hash, AccessToken access)
    {
        if (young.TryAdd(hash, access) && Interlocked.Increment(ref remembered) >= Half)
        {
            old = young;
            young = new();
            Volatile.Write(ref remembered, 0);
        }
    }

    private static UInt128 Hash(string token)
    {
        Span<byte> utf8 = stackalloc byte[Math.Min(token.Length * 3, 8192)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var written = Encoding.UTF8.TryGetBytes(token, utf8, out var count) ? utf8[..count] : Encoding.UTF8.GetBytes(token);
        SHA256.HashData(written, hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
