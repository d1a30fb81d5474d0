using System.Buffers.Text;
using System.Security.Cryptography;

namespace Portico.Bookings.Domain.Spaces;

/// <summary>What the printed QR code of a space says. Whoever can read it was there.</summary>
internal static class CheckInCode
{
    private const string Prefix = "PS1-";
    private const int Bytes = 16;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}
