using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portico.Platform.Web;

namespace Portico.Platform.Security;

/// <summary>Reads <c>Authorization: Bearer</c> and answers 401 and 403 as problems.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ValidatedTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";
    private const string Prefix = "Bearer ";
    private TokenRefusal? refusal;

    internal static string? ReadToken(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ReadToken(Request) is not { } token)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        // Each call of a neighbour comes by here before its own scheme is asked: no failure to log.
        var (principal, why) = tokens.Check(token);
        refusal = principal is null ? why : null;
        return Task.FromResult(principal is not null ? AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme))
            : TokenShape.Read(token) is { Type: TokenIssuer.ServiceType } ? AuthenticateResult.NoResult()
            : AuthenticateResult.Fail(why.ToString()));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (refusal is TokenRefusal.Unverifiable)
        {
            return Problems.Unavailable("sessions-unverifiable", "It cannot be told right now whether this session still lasts.").ExecuteAsync(Context);
        }

        Response.Headers.WWWAuthenticate = refusal is null ? Scheme : $"{Scheme} error=\"invalid_token\"";
        return (refusal switch
        {
            null => Problems.Unauthorized("not-signed-in", "Sign in first."),
            TokenRefusal.Expired => Problems.Unauthorized("token-expired", "The session has run out. Sign in again."),
            TokenRefusal.SessionEnded => Problems.Unauthorized("session-ended", "The session was ended. Sign in again."),
            _ => Problems.Unauthorized("token-invalid", "The token is not one of ours."),
        }).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        (Context.User.HasClaim(claim => claim.Type == AccessToken.MustChangePasswordClaim)
            ? Problems.Forbidden("password-change-required", "Choose a password of your own first: POST /api/auth/password/change.")
            : Problems.Forbidden("forbidden", "Your role does not allow this.")).ExecuteAsync(Context);
}
