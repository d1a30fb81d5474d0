namespace Portico.Platform.Security;

/// <summary>
/// Browsers hold their tokens in cookies that no script can read. Auth sets them when a request says
/// <c>X-Portico-Session: cookie</c>; the gateway turns the first into the bearer.
/// </summary>
public static class SessionCookie
{
    /// <summary>Holds the access token.</summary>
    public const string Name = "portico_session";

    /// <summary>Holds the refresh token; sent to <see cref="RefreshPath"/> only.</summary>
    public const string RefreshName = "portico_refresh";

    /// <summary>The only path the refresh cookie is sent to.</summary>
    public const string RefreshPath = "/api/auth/refresh";

    /// <summary>The header by which a browser asks for cookies; its value is <see cref="RequestValue"/>.</summary>
    public const string RequestHeader = "X-Portico-Session";

    /// <summary>See <see cref="RequestHeader"/>.</summary>
    public const string RequestValue = "cookie";
}
