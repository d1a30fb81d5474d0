using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portico.Platform.Security;

/// <summary>Makes tokens: JWT, HS256, signed with the current key of the <c>tokens</c> ring.</summary>
public sealed class TokenIssuer(KeyRings rings, IOptions<TokenOptions> options, TimeProvider time)
{
    internal const string AccessType = "at+jwt";
    internal const string ServiceType = "service+jwt";
    internal const string ServiceAudience = "portico-internal";
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>
    /// An access token for a session, good for <see cref="TokenOptions.Lifetime"/>, or until <paramref name="sessionEnds"/>
    /// when that is sooner: no token outlives its session.
    /// </summary>
    public (string Token, DateTimeOffset ExpiresAt) IssueAccess(
        Guid userId, Guid sessionId, string role, bool mustChangePassword, DateTimeOffset? sessionEnds = null)
    {
        var longest = time.GetUtcNow() + options.Value.Lifetime;
        var expiresAt = WholeSecond(sessionEnds < longest ? sessionEnds.Value : longest);
        Dictionary<string, object> claims = new()
        {
            ["sub"] = userId.ToString(),
            [AccessToken.SessionClaim] = sessionId.ToString(),
            [AccessToken.RoleClaim] = role,
        };
        if (mustChangePassword)
        {
            claims[AccessToken.MustChangePasswordClaim] = "change";
        }

        return (Sign(AccessType, options.Value.Audience, expiresAt, claims), expiresAt);
    }

    /// <summary>A token with which one process of Portico shows itself to another, good for a minute.</summary>
    public string IssueService() =>
        Sign(ServiceType, ServiceAudience, WholeSecond(time.GetUtcNow() + TimeSpan.FromMinutes(1)), new() { ["sub"] = "portico" });

    private string Sign(string type, string audience, DateTimeOffset expiresAt, Dictionary<string, object> claims)
    {
        var key = rings.For(KeyRings.Tokens).Current;
        var now = WholeSecond(time.GetUtcNow()).ToUnixTimeSeconds();
        claims["iss"] = options.Value.Issuer;
        claims["aud"] = audience;
        claims["jti"] = Guid.CreateVersion7().ToString();
        claims["iat"] = now;
        claims["nbf"] = now;
        claims["exp"] = expiresAt.ToUnixTimeSeconds();
        return handler.CreateToken(
            JsonSerializer.Serialize(claims),
            new SigningCredentials(new SymmetricSecurityKey(key.Secret) { KeyId = key.Id }, SecurityAlgorithms.HmacSha256),
            new Dictionary<string, object> { [JwtHeaderParameterNames.Typ] = type });
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
