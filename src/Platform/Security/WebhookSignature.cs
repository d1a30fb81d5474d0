using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portico.Platform.Security;

/// <summary>
/// How Stripe signs a webhook, and we do: <c>t=seconds,v1=hex,v1=…</c>, each v1 an HMAC-SHA256 of <c>t.body</c>.
/// docs.stripe.com/webhooks, "Verify webhook signatures manually".
/// </summary>
public static class WebhookSignature
{
    /// <summary>How far the time of a signature may be from ours.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    /// <summary>The header's value for a body that is sent at <paramref name="at"/>.</summary>
    public static string Of(string body, string secret, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(Compute(seconds, Encoding.UTF8.GetBytes(body), secret))}");
    }

    /// <summary>Whether one of the header's signatures is the secret's, and is recent. Every one is looked at, in constant time.</summary>
    public static bool IsGood(string header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        long? seconds = null;
        List<byte[]> signatures = [];
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                case ["t", var at] when long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed):
                    seconds = parsed;
                    break;
                case ["v1", { Length: 64 } hex] when hex.All(char.IsAsciiHexDigit):
                    signatures.Add(Convert.FromHexString(hex));
                    break;
            }
        }

        if (seconds is not { } signedAt || Math.Abs((decimal)now.ToUnixTimeSeconds() - signedAt) > (decimal)Tolerance.TotalSeconds)
        {
            return false;
        }

        var expected = Compute(signedAt, body, secret);
        var good = false;
        foreach (var signature in signatures)
        {
            good |= CryptographicOperations.FixedTimeEquals(signature, expected);
        }

        return good;
    }

    private static byte[] Compute(long seconds, ReadOnlySpan<byte> body, string secret)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
