using System.Text.Json.Serialization;

namespace Portico.Platform.Security;

/// <summary>One secret of a key ring.</summary>
/// <param name="Id">Names the secret in what it signs (<c>kid</c>).</param>
/// <param name="Secret">256 random bits, base64.</param>
/// <param name="SignsFrom">From then on new things are signed with it, so that every process has read it before.</param>
/// <param name="ForgetAfter">From then on nothing signed with it is believed; null for the current one.</param>
public sealed record SigningKey(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("secret")] byte[] Secret,
    [property: JsonPropertyName("signs_from")] DateTimeOffset SignsFrom,
    [property: JsonPropertyName("forget_after")] DateTimeOffset? ForgetAfter)
{
    // A record prints its members: a key must never print.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id);
        return true;
    }
}
