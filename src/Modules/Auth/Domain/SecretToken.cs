using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portico.Auth.Domain;

/// <summary>
/// A secret that is worth as much as a password for a while: 256 random bits, of which only the SHA-256 is stored. That
/// many bits cannot be guessed, so a slow hash would protect nothing.
/// </summary>
internal static class SecretToken
{
    /// <summary>Ours have 43 characters; whatever is much longer is not worth hashing.</summary>
    public const int Longest = 100;

    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
