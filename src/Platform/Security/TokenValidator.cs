using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portico.Contracts.Auth;

namespace Portico.Platform.Security;

/// <summary>
/// Believes a token only when all of it is right: HS256 and nothing else, a key of our ring, the type it should have,
/// issuer, audience and times. Nothing in the token chooses how it is checked.
/// </summary>
public sealed class TokenValidator(KeyRings rings, IOptions<TokenOptions> options, TimeProvider time)
{
    // Ours are below 600 characters; whatever is much longer is not worth decoding.
    private const int LongestToken = 2048;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LongestToken };

    /// <summary>What the access token says, or why it is refused.</summary>
    public (AccessToken? Token, TokenRefusal Refusal) ValidateAccess(string token)
    {
        var (jwt, refusal) = Validate(token, TokenIssuer.AccessType, options.Value.Audience);
        return jwt is not null
            && Guid.TryParse(jwt.Subject, out var userId)
            && Guid.TryParse(Text(jwt, AccessToken.SessionClaim), out var sessionId)
            && Text(jwt, AccessToken.RoleClaim) is { } role && Roles.All.Contains(role)
            ? (new(
                userId, sessionId, role, Text(jwt, AccessToken.MustChangePasswordClaim) is not null, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero), jwt.Kid), default)
            : (null, refusal);
    }

    /// <summary>Whether the token was made by another process of this installation within the last minute.</summary>
    public bool IsService(string token) => Validate(token, TokenIssuer.ServiceType, TokenIssuer.ServiceAudience).Token is not null;

    private (JsonWebToken? Token, TokenRefusal Refusal) Validate(string token, string type, string audience)
    {
        if (token.Length > LongestToken || !TokenShape.IsSound(token) || Parse(token) is not { } jwt
            || jwt.Alg != SecurityAlgorithms.HmacSha256 || jwt.Typ != type
            || jwt.Kid is not { Length: > 0 } kid || rings.For(KeyRings.Tokens).Find(kid) is not { } key)
        {
            return (null, TokenRefusal.Invalid);
        }

        var expired = false;
        var result = handler.ValidateToken(token, new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(key.Secret) { KeyId = key.Id },
            ValidIssuer = options.Value.Issuer,
            ValidAudience = audience,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (notBefore, expires, _, _) =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                expired = expires <= now - ClockSkew;
                return expires is not null && !expired && (notBefore is null || notBefore <= now + ClockSkew);
            },
        });
        return result.IsValid ? ((JsonWebToken)result.SecurityToken, default) : (null, expired ? TokenRefusal.Expired : TokenRefusal.Invalid);
    }

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonWebToken jwt, string claim) => jwt.TryGetPayloadValue<string>(claim, out var value) ? value : null;
}
