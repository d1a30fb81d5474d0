using System.Runtime.CompilerServices;
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
    // The library keeps what it computes from a key by the instance.
    private readonly ConditionalWeakTable<SigningKey, SymmetricSecurityKey> verifiers = [];
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LongestToken };

    /// <summary>What the access token says, or why it is refused.</summary>
    public (AccessToken? Token, TokenRefusal Refusal) ValidateAccess(string token)
    {
        var (jwt, refusal) = Validate(token, TokenIssuer.AccessType, options.Value.Audience);
        return jwt is not null
            && Guid.TryParse(jwt.Subject, out var userId)
            && Guid.TryParse(Text(jwt, AccessToken.SessionClaim), out var sessionId)
            && Text(jwt, AccessToken.RoleClaim) is { } claimed && Roles.All.FirstOrDefault(known => known == claimed) is { } role
            ? (new(
                userId, sessionId, role, Text(jwt, AccessToken.MustChangePasswordClaim) is not null, new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero), jwt.Kid), default)
            : (null, refusal);
    }

    /// <summary>Whether the token was made by another process of this installation within the last minute.</summary>
    public bool IsService(string token) => Validate(token, TokenIssuer.ServiceType, TokenIssuer.ServiceAudience).Token is not null;

    private (JsonWebToken? Token, TokenRefusal Refusal) Validate(string token, string type, string audience)
    {
        if (token.Length > LongestToken || TokenShape.Read(token) is not { Algorithm: SecurityAlgorithms.HmacSha256, KeyId.Length: > 0 } header
            || header.Type != type || rings.For(KeyRings.Tokens).Find(header.KeyId) is not { } key)
        {
            return (null, TokenRefusal.Invalid);
        }

        var expired = false;
        var parameters = new TokenValidationParameters
        {
            IssuerSigningKey = verifiers.GetValue(key, known => new SymmetricSecurityKey(known.Secret) { KeyId = known.Id }),
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
        };
        return Checked(token, parameters) is { } jwt ? (jwt, default) : (null, expired ? TokenRefusal.Expired : TokenRefusal.Invalid);
    }

    private JsonWebToken? Checked(string token, TokenValidationParameters parameters)
    {
        try
        {
            return handler.ValidateToken(token, parameters) is { IsValid: true } result ? (JsonWebToken)result.SecurityToken : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or Newtonsoft.Json.JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonWebToken jwt, string claim) => jwt.TryGetPayloadValue<string>(claim, out var value) ? value : null;
}
