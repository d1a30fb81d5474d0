using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Portico.Platform.Security;

namespace Portico.Members.Domain.Codes;

/// <summary>What a code is for. A code of one kind is nothing to whoever expects another.</summary>
internal enum CodeKind : byte
{
    /// <summary>An event's code on a screen: good for the step it names and the one after.</summary>
    EventOnScreen = 1,

    /// <summary>An event's code on paper: good as long as the event's check-in window is open.</summary>
    EventOnPaper = 2,

    /// <summary>A member's pass.</summary>
    Pass = 3,
}

/// <param name="Subject">The event or the member.</param>
/// <param name="Step">Which 30 seconds since 1970 it was made for; 0 on paper.</param>
internal readonly record struct Code(CodeKind Kind, Guid Subject, long Step);

/// <summary>
/// Writes and reads the text of QR codes: <c>PT1-</c> and base64url of kind, key id, subject, step and a truncated
/// HMAC-SHA256 under the <c>codes</c> key ring. It is no token: nothing but a scan accepts it, and no token's key signs it.
/// </summary>
internal sealed class SignedCode(KeyRings rings)
{
    private const string Prefix = "PT1-";
    private const int KeyIdSize = 8;
    private const int SubjectAt = 1 + KeyIdSize;
    private const int StepAt = SubjectAt + 16;
    private const int MacAt = StepAt + 8;
    private const int MacSize = 16;
    private const int Size = MacAt + MacSize;

    public string Write(Code code)
    {
        var key = rings.For(KeyRings.Codes).Current;
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = (byte)code.Kind;
        Convert.FromHexString(key.Id).CopyTo(bytes[1..]);
        code.Subject.TryWriteBytes(bytes[SubjectAt..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[StepAt..], code.Step);
        Mac(key.Secret, bytes[..MacAt], bytes[MacAt..]);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>What the text says, or null when it was not made here. Whether it is still good is the reader's to decide.</summary>
    public Code? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || Base64Url.GetMaxDecodedLength(text.Length - Prefix.Length) != Size
            // The Try… method throws at characters outside the alphabet.
            || Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _, out var written) != OperationStatus.Done || written != Size
            || !Enum.IsDefined((CodeKind)bytes[0])
            || rings.For(KeyRings.Codes).Find(Convert.ToHexStringLower(bytes[1..SubjectAt])) is not { } key)
        {
            return null;
        }

        Span<byte> mac = stackalloc byte[MacSize];
        Mac(key.Secret, bytes[..MacAt], mac);
        return CryptographicOperations.FixedTimeEquals(mac, bytes[MacAt..])
            ? new((CodeKind)bytes[0], new Guid(bytes[SubjectAt..StepAt], bigEndian: true), BinaryPrimitives.ReadInt64BigEndian(bytes[StepAt..]))
            : null;
    }

    private static void Mac(byte[] secret, ReadOnlySpan<byte> content, Span<byte> mac)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, content, whole);
        whole[..MacSize].CopyTo(mac);
    }
}
