using System.Security.Cryptography;
using System.Text;
using System.Buffers.Text;

namespace Portico.Platform.Security;

/// <summary>
/// A secret that has to travel in a message: AES-256-GCM under the current key of a ring. Anyone may store it, only
/// processes of this installation can open it. Text form: <c>kid.base64url(nonce, tag, cipher)</c>.
/// </summary>
public sealed class SealedText(KeyRings rings)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Seals <paramref name="text"/> for <paramref name="purpose"/>.</summary>
    public string Seal(string purpose, string text)
    {
        var key = rings.For(purpose).Current;
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(key.Secret, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(purpose));
        return $"{key.Id}.{Base64Url.EncodeToString(box)}";
    }

    /// <summary>What was sealed, or null when it was not sealed here, for this purpose, by a key still believed.</summary>
    public string? Open(string purpose, string seal)
    {
        var dot = seal.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || rings.For(purpose).Find(seal[..dot]) is not { } key || CanonicalText.Decode(seal[(dot + 1)..]) is not { } box
            || box.Length < NonceSize + TagSize)
        {
            return null;
        }

        var plain = new byte[box.Length - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(key.Secret, TagSize);
            aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(purpose));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
