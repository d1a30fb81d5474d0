namespace Portico.Auth.Domain;

/// <summary>What may be said about a person.</summary>
internal static class PersonalDetails
{
    /// <summary>Names end up in mail headers and CSV: one line.</summary>
    public const string OneLine = @"^[^\t\r\n]*$";

    /// <summary>Something a mail can be sent to, with nothing in it that means more than a character to a mail server.</summary>
    public const string Email = @"^[^@\s""(),:;<>\[\\\]]{1,64}@[^@\s""(),:;<>\[\\\].]+(\.[^@\s""(),:;<>\[\\\].]+)+$";

    public const int LongestEmail = 254;
    public const int LongestName = 100;

    /// <summary>Without the blanks around it; null when nothing is left.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The beginning of a text, never half of a character outside the basic plane: that could not be stored.</summary>
    public static string Shorten(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
}
