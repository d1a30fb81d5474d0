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

    /// <summary>Three segments in canonical base64url; header and payload objects with nothing twice and every member of its kind.</summary>
    public static bool IsSound(string token) =>
        token.Split('.') is [var header, var payload, var signature]
        && IsObject(header, needs: "alg") && IsObject(payload, needs: "exp") && CanonicalText.Decode(signature) is not null;

    private static bool IsObject(string segment, string needs)
    {
        if (CanonicalText.Decode(segment) is not { } json || !Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object && root.TryGetProperty(needs, out _) && root.EnumerateObject().All(IsOfItsKind);
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
