using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portico.Bookings.Features.Calendars;

/// <summary>
/// What in the address of a calendar nobody can guess: 256 random bits, of which only the SHA-256 is kept. Looking for the
/// hash takes as long whether there is one or not, and how alike two hashes are says nothing of what was hashed.
/// </summary>
internal static class CalendarToken
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
