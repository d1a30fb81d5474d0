using System.Buffers;
using System.Text;

namespace Portico.Platform.Calendars;

/// <summary>
/// Lines of RFC 5545: ended by CRLF and folded at 75 octets. Written here because no library for it is to be had; what it
/// writes is read by one that others wrote, in the tests.
/// </summary>
public sealed class IcsWriter
{
    private const int LongestLine = 75;
    private const int ByteOrderMark = 0xFEFF;
    private readonly ArrayBufferWriter<byte> written = new(4096);

    public byte[] ToArray() => written.WrittenSpan.ToArray();

    /// <summary>A line whose value is of a type other than TEXT: nothing in it is escaped.</summary>
    public void Line(string name, string value)
    {
        // Cut in bytes, since that is what is counted, and never inside of a character: not every reader unfolds before it decodes.
        ReadOnlySpan<byte> left = Encoding.UTF8.GetBytes($"{name}:{value}");
        for (var room = LongestLine; left.Length > room; room = LongestLine - 1)
        {
            var cut = room;
            while (IsInsideCharacter(left[cut]))
            {
                cut--;
            }

            written.Write(left[..cut]);
            written.Write("\r\n "u8);
            left = left[cut..];
        }

        written.Write(left);
        written.Write("\r\n"u8);
    }

    /// <summary>A line whose value is TEXT.</summary>
    public void Text(string name, string value) => Line(name, Escape(value));

    /// <summary>TEXT of RFC 5545, section 3.3.11. What a calendar may not contain at all, control characters, is left out.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n':
                    escaped.Append("\\n");
                    break;
                case '\\' or ';' or ',':
                    escaped.Append('\\').Append((char)rune.Value);
                    break;
                case '\t':
                    escaped.Append('\t');
                    break;
                default:
                    // A byte order mark at a line's beginning is taken for one.
                    if (!Rune.IsControl(rune) && rune.Value != ByteOrderMark)
                    {
                        escaped.Append(rune);
                    }

                    break;
            }
        }

        return escaped.ToString();
    }

    private static bool IsInsideCharacter(byte octet) => (octet & 0b1100_0000) == 0b1000_0000;
}
