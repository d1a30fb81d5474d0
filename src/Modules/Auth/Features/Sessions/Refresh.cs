using System.ComponentModel.DataAnnotations;
using Portico.Auth.Domain;
using Portico.Auth.Log;
using Portico.Auth.Sessions;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth.Features.Sessions;

/// <summary>The refresh token of a long session; left out by browsers, which send it as a cookie.</summary>
public sealed record RefreshRequest([property: StringLength(SecretToken.Longest)] string? RefreshToken = null);

/// <summary>
/// Gives the next access token and the next refresh token for the last one. A refresh token is good once, without any grace:
/// a client that repeats one because the answer was lost has to sign in again. With a grace period a thief who is quick
/// would share the session unseen; like this whichever of the two comes second ends it for both.
/// </summary>
internal static class Refresh
{
    public static async Task<Results<Ok<SignedInResponse>, ProblemHttpResult>> Handle(
        RefreshRequest? request,
        HttpContext context,
        Caller caller,
        RefreshTokens refreshTokens,
        SessionRefresh sessions,
        AuthLog log,
        CancellationToken cancellationToken)
    {
        var cookie = request?.RefreshToken is null ? context.Request.Cookies[SessionCookie.RefreshName] : null;
        var token = request?.RefreshToken ?? cookie ?? "";
        if (token.Length > SecretToken.Longest || await refreshTokens.FindAsync(token, cancellationToken) is not { } known)
        {
            await log.WriteAsync(caller, new(LogActions.Refresh, LogOutcomes.UnknownToken, null, ""), cancellationToken);
            return Refuse(context, "refresh-token-invalid", "This refresh token is not one of ours. Sign in again.");
        }

        var (account, tokens, outcome) = known.Used
            ? (null, null, LogOutcomes.Replayed)
            : await sessions.ContinueAsync(known, token, caller, cancellationToken);
        if (tokens is not null)
        {
            return TypedResults.Ok(SignedIn.Answer(context, account!, tokens, cameAsCookie: cookie is not null));
        }

        if (outcome == LogOutcomes.Replayed)
        {
            await sessions.EndFamilyAsync(known, caller, cancellationToken);
            return Refuse(context, "refresh-token-replayed", "This refresh token was used before. The session was ended, in case somebody else has a copy.");
        }

        return outcome == LogOutcomes.Suspended
            ? Problems.Forbidden("account-suspended", "This account is suspended. Ask the staff.")
            : Refuse(context, "session-ended", "The session was ended. Sign in again.");
    }

    private static ProblemHttpResult Refuse(HttpContext context, string code, string detail)
    {
        if (context.Request.Cookies.ContainsKey(SessionCookie.RefreshName))
        {
            SignedIn.DeleteRefreshCookie(context);
        }

        return Problems.Unauthorized(code, detail);
    }
}
