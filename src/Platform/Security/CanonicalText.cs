using System.Buffers.Text;

namespace Portico.Platform.Security;

/// <summary>Base64url that has one spelling for each value: no padding, no blanks, no stray bits at the end.</summary>
internal static class CanonicalText
{
    /// <summary>The bytes, or null when that is not how they are written.</summary>
    public static byte[]? Decode(string text) =>
        Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is var bytes && Base64Url.EncodeToString(bytes) == text ? bytes : null;
}
