using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Portico.Auth.Passwords;

internal static class Bcrypt
{
    /// <summary>Bcrypt ignores every byte after these, so a longer password is refused rather than cut.</summary>
    public const int LongestPassword = 72;

    // A hash of cost 31 in a row would hold a thread for days.
    private const int LowestCost = 4, HighestCost = 16;
    private const int HashLength = 60, SaltBytes = 16;
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <exception cref="ArgumentException">The password is not one that <see cref="Accepts"/>.</exception>
    public static string Hash(string password, int cost)
    {
        Span<byte> setting = stackalloc byte[LibCrypt.SettingSize];
        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> bytes = stackalloc byte[LongestPassword];
        Span<byte> hash = stackalloc byte[HashLength];
        try
        {
            var length = Encode(password, bytes);
            RandomNumberGenerator.Fill(salt);
            return LibCrypt.TryMakeSetting("$2b$\0"u8, cost, salt, setting) && LibCrypt.TryHash(bytes[..length], setting, hash)
                ? Encoding.ASCII.GetString(hash)
                : throw new CryptographicException($"The system's libcrypt made no bcrypt hash of cost {cost}.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <exception cref="ArgumentException">The password is not one that <see cref="Accepts"/>.</exception>
    public static bool Verify(string password, string hash)
    {
        Span<byte> bytes = stackalloc byte[LongestPassword];
        try
        {
            var length = Encode(password, bytes);
            return Verify(bytes[..length], hash);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public static bool Verify(ReadOnlySpan<byte> password, string hash)
    {
        if (CostOf(hash) is null)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[HashLength];
        Span<byte> actual = stackalloc byte[HashLength];
        Encoding.ASCII.GetBytes(hash, expected);
        return LibCrypt.TryHash(password, expected, actual) && CryptographicOperations.FixedTimeEquals(actual, expected);
    }

    /// <summary>The cost in a well-formed $2a$, $2b$ or $2y$ hash; null for anything else.</summary>
    public static int? CostOf(string hash) =>
        hash is ['$', '2', 'a' or 'b' or 'y', '$', _, _, '$', ..] && hash.Length == HashLength
        && int.TryParse(hash.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var cost)
        && cost is >= LowestCost and <= HighestCost
        && !hash.AsSpan(7).ContainsAnyExcept(Alphabet) ? cost : null;

    /// <summary>Whether the password is at most 72 bytes of UTF-8, without a NUL or a lone surrogate.</summary>
    public static bool Accepts(string password)
    {
        Span<byte> bytes = stackalloc byte[LongestPassword];
        try
        {
            return TryEncode(password, bytes, out _);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static int Encode(string password, Span<byte> bytes) =>
        TryEncode(password, bytes, out var length)
            ? length
            : throw new ArgumentException("A password is at most 72 bytes of UTF-8, without a NUL or a lone surrogate.", nameof(password));

    // A lone surrogate is not replaced, as it usually is on the way to UTF-8, because that makes one password of many.
    private static bool TryEncode(string password, Span<byte> bytes, out int length) =>
        Utf8.FromUtf16(password, bytes, out _, out length, replaceInvalidSequences: false) == OperationStatus.Done
        && !password.Contains('\0');
}
