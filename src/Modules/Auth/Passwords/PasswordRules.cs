using System.Globalization;
using System.Text;

namespace Portico.Auth.Passwords;

/// <summary>What a new password must be. Existing ones are only verified: a rule made stricter locks nobody out.</summary>
internal static class PasswordRules
{
    private const int FewestCharacters = 8;

    /// <returns>Null, or the code of the refusal, as listed in docs/errors.md.</returns>
    public static string? Refuse(string password, string username, string? email)
    {
        // First, since it bounds the work of the others. Nothing is normalised: without culture data the runtime would silently
        // leave all but ASCII as it is, and a password must not depend on how the runtime was set up.
        if (password.Length > Bcrypt.LongestPassword || Encoding.UTF8.GetByteCount(password) > Bcrypt.LongestPassword)
        {
            return "password-too-long";
        }

        if (password.Any(char.IsControl) || !Bcrypt.Accepts(password))
        {
            return "password-unusable";
        }

        // Text elements are what a person counts: an accent typed as a sign of its own, or a family emoji, is no extra character.
        if (new StringInfo(password).LengthInTextElements < FewestCharacters)
        {
            return "password-too-short";
        }

        if (IsName(password, username, email))
        {
            return "password-is-name";
        }

        return IsCommon(password.ToLowerInvariant()) ? "password-common" : null;
    }

    /// <summary>The same for a person.</summary>
    public static string Explain(string code) => code switch
    {
        "password-too-long" => $"A password has at most {Bcrypt.LongestPassword} bytes.",
        "password-unusable" => "The password holds characters that cannot be typed.",
        "password-too-short" => $"A password has at least {FewestCharacters} characters.",
        "password-is-name" => "The password may not be your name or e-mail address.",
        _ => "This password is among the first that are guessed. Choose another.",
    };

    private static bool IsName(string password, string username, string? email) =>
        Same(password, username)
        || (email is not null && (Same(password, email) || (email.LastIndexOf('@') is > 0 and var at && Same(password, email.AsSpan(0, at)))));

    private static bool Same(string password, ReadOnlySpan<char> name) => name.Equals(password, StringComparison.OrdinalIgnoreCase);

    // "sunshine1!" is tried as it is, then less each sign at its end: "sunshine1", "sunshine".
    private static bool IsCommon(ReadOnlySpan<char> password)
    {
        while (password.Length >= FewestCharacters)
        {
            if (CommonPasswords.Contain(password))
            {
                return true;
            }

            if (password[^1] is var last && !char.IsAsciiDigit(last) && !char.IsPunctuation(last) && !char.IsSymbol(last))
            {
                return false;
            }

            password = password[..^1];
        }

        return false;
    }
}
