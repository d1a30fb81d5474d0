using System.Text.Json.Serialization;
using Portico.Auth.Domain;
using Portico.Platform.Security;

namespace Portico.Auth.Sessions;

/// <summary>The account that is signed in, and its tokens. A browser that asked for cookies gets no tokens in the body.</summary>
/// <param name="ExpiresAt">When the access token runs out.</param>
/// <param name="MustChangePassword">Nothing is allowed before <c>POST /api/auth/password/change</c>.</param>
/// <param name="Token">The access token, for <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Of a long session: good for one <c>POST /api/auth/refresh</c>.</param>
/// <param name="RefreshExpiresAt">Of a long session: when it ends for good.</param>
public sealed record SignedInResponse(
    Guid Id,
    string Username,
    string Role,
    DateTimeOffset ExpiresAt,
    bool MustChangePassword,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? RefreshExpiresAt);

/// <summary>Hands the tokens over: in the body, or in cookies that no script can read.</summary>
internal static class SignedIn
{
    /// <summary>
    /// A session was begun or refreshed. Where the refresh token came as a cookie the next one is a cookie again, whatever was
    /// asked for: a script could otherwise get hold of it by asking.
    /// </summary>
    public static SignedInResponse Answer(HttpContext context, Account account, SessionTokens tokens, bool cameAsCookie = false)
    {
        if (cameAsCookie || WantsCookies(context))
        {
            SetSession(context, tokens);
            SetRefresh(context, tokens);
            return Body(account, tokens with { Access = null, Refresh = null });
        }

        return Body(account, tokens);
    }

    /// <summary>The session goes on with another access token; its refresh token stays what it is.</summary>
    public static SignedInResponse AnswerAccess(HttpContext context, Account account, SessionTokens tokens)
    {
        if (WantsCookies(context))
        {
            SetSession(context, tokens);
            return Body(account, tokens with { Access = null });
        }

        return Body(account, tokens);
    }

    public static void DeleteCookies(HttpContext context)
    {
        context.Response.Cookies.Delete(SessionCookie.Name, Options(context, "/", expires: null));
        DeleteRefreshCookie(context);
    }

    public static void DeleteRefreshCookie(HttpContext context) =>
        context.Response.Cookies.Delete(SessionCookie.RefreshName, Options(context, SessionCookie.RefreshPath, expires: null));

    private static bool WantsCookies(HttpContext context) => context.Request.Headers[SessionCookie.RequestHeader] == SessionCookie.RequestValue;

    private static SignedInResponse Body(Account account, SessionTokens tokens) => new(
        account.Id, account.Username, account.Role, tokens.AccessExpiresAt, account.MustChangePassword,
        tokens.Access, tokens.Refresh, tokens.RefreshExpiresAt);

    private static void SetSession(HttpContext context, SessionTokens tokens) =>
        context.Response.Cookies.Append(SessionCookie.Name, tokens.Access!, Options(context, "/", tokens.AccessExpiresAt));

    private static void SetRefresh(HttpContext context, SessionTokens tokens)
    {
        if (tokens.Refresh is { } refresh)
        {
            context.Response.Cookies.Append(SessionCookie.RefreshName, refresh, Options(context, SessionCookie.RefreshPath, tokens.RefreshExpiresAt));
        }
        else
        {
            // Somebody else's, perhaps, who used this browser before: it would quietly bring their session back.
            DeleteRefreshCookie(context);
        }
    }

    private static CookieOptions Options(HttpContext context, string path, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = path,
        Expires = expires,
    };
}
