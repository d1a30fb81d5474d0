namespace Portico.Platform.Security;

/// <summary>
/// How a browser holds a session without ever seeing its token: Auth sets the cookies, the gateway turns the first into
/// the bearer.
/// </summary>
public static class SessionCookie
{
    /// <summary>Holds the access token. HttpOnly, SameSite=Strict, for every path.</summary>
    public const string Name = "portico_session";

    /// <summary>Holds the refresh token of a long session. HttpOnly, SameSite=Strict, for <see cref="RefreshPath"/> only.</summary>
    public const string RefreshName = "portico_refresh";

    /// <summary>The only path the refresh token is sent to.</summary>
    public const string RefreshPath = "/api/auth/refresh";

    /// <summary>A sign-in with this header set to <see cref="HeaderValue"/> is answered with cookies and without tokens.</summary>
    public const string Header = "X-Portico-Session";

    /// <summary>The one value of <see cref="Header"/>.</summary>
    public const string HeaderValue = "cookie";
}
