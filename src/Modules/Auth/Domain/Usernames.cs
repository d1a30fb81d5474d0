using System.Text.RegularExpressions;

namespace Portico.Auth.Domain;

/// <summary>
/// What a username may look like. It never holds an at sign, so that no name can be taken for somebody's e-mail address.
/// </summary>
internal static partial class Usernames
{
    public const string Pattern = @"^[A-Za-z0-9][A-Za-z0-9._-]{1,30}[A-Za-z0-9]$";

    private const int LongestLogged = 64;

    [GeneratedRegex(Pattern)]
    public static partial Regex Valid { get; }

    [GeneratedRegex(PersonalDetails.Email)]
    private static partial Regex Email { get; }

    /// <summary>
    /// What the log may keep of a name that nobody has: people type their password into the wrong field, so only what looks
    /// like a name or an address.
    /// </summary>
    public static string ToLog(string typed) =>
        typed.Length <= PersonalDetails.LongestEmail && (Valid.IsMatch(typed) || Email.IsMatch(typed)) ? PersonalDetails.Shorten(typed, LongestLogged) : "";
}
