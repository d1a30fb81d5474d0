using System.Security.Cryptography;
using System.Text;

namespace Portico.Bookings.Domain.Invites;

/// <summary>
/// What an invite says: 140 random bits, in letters and digits that are not mistaken for each other. So many cannot be guessed,
/// and a plain hash protects them well.
/// </summary>
internal static class InviteCode
{
    /// <summary>Written with a dash after every fourth.</summary>
    public const int Longest = 50;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 28;
    private const int Group = 4;

    public static string New() =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(Group).Select(group => new string(group)));

    /// <summary>What is stored of a code, however it was written; null for what can be none.</summary>
    public static byte[]? Hash(string written)
    {
        var code = string.Concat(written.ToUpperInvariant().Where(letter => letter is not ('-' or ' ')).Select(Meant));
        return code.Length == Length && code.All(Alphabet.Contains) ? SHA256.HashData(Encoding.ASCII.GetBytes(code)) : null;
    }

    private static char Meant(char letter) => letter switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        _ => letter,
    };
}
