using System.Buffers;

namespace Portico.Platform.Web;

/// <summary>Text that can be kept and shown.</summary>
public static class PlainText
{
    // PostgreSQL refuses U+0000, and no name, reason or note needs the other control characters; those that turn the direction
    // of writing make a name read as another; half a surrogate pair cannot be written as UTF-8 at all.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')),
            .. "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    /// <summary>Whether it holds no control characters but tabs and line breaks, and nothing that turns the direction of writing.</summary>
    public static bool Is(string text) => !text.AsSpan().ContainsAny(Controls);
}
