using System.Text.Json;
using System.Text.Unicode;

namespace Portico.Platform.Security;

/// <summary>
/// What a token looks like before its signature is worth checking. The token library is laxer: it throws on an <c>alg</c>
/// that is a list, takes the last of two claims of one name and passes over <c>crit</c>, and it reads a signature that is
/// spelt in any of four ways.
/// </summary>
internal static class TokenShape
{
    // The last second of the year 9999.
    private const long EndOfTime = 253_402_300_799;
    private static readonly string[] Texts =
        ["alg", "typ", "kid", "iss", "aud", "sub", AccessToken.SessionClaim, AccessToken.RoleClaim, AccessToken.MustChangePasswordClaim];
    private static readonly string[] Instants = ["exp", "nbf", "iat"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>
    /// The header, when there are three segments in canonical base64url, header and payload objects with nothing twice and
    /// every member of its kind; null otherwise.
    /// </summary>
    public static TokenHeader? Read(string token) =>
        token.Split('.') is [var header, var payload, var signature]
        && Header(header) is { } found && IsSound(payload, HasExpiry) && CanonicalText.Decode(signature) is not null ? found : null;

    private static bool HasExpiry(JsonElement payload) => payload.TryGetProperty("exp", out _);

    private static TokenHeader? Header(string segment)
    {
        TokenHeader? header = null;
        return IsSound(segment, Take) ? header : null;

        bool Take(JsonElement members)
        {
            header = new(Text(members, "alg"), Text(members, "typ"), Text(members, "kid"));
            return header.Algorithm is not null;
        }
    }

    private static string? Text(JsonElement members, string name) => members.TryGetProperty(name, out var member) ? member.GetString() : null;

    private static bool IsSound(string segment, Func<JsonElement, bool> has)
    {
        if (CanonicalText.Decode(segment) is not { } json || !Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object && root.EnumerateObject().All(IsOfItsKind) && has(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate pair in a name.
            return false;
        }
    }

    // An extension that must be understood is one we do not understand.
    private static bool IsOfItsKind(JsonProperty member) => member.Name switch
    {
        "crit" => false,
        _ when Texts.Contains(member.Name) => member.Value.ValueKind is JsonValueKind.String,
        _ when Instants.Contains(member.Name) => member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetInt64(out var seconds) && seconds is >= 0 and <= EndOfTime,
        _ => true,
    };
}

/// <summary>What a token says of itself, believed only where it is what was expected.</summary>
/// <param name="Algorithm"><c>alg</c></param>
/// <param name="Type"><c>typ</c></param>
/// <param name="KeyId"><c>kid</c></param>
internal sealed record TokenHeader(string? Algorithm, string? Type, string? KeyId);
