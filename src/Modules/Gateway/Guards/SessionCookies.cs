using Microsoft.Extensions.Options;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Gateway.Guards;

/// <summary>
/// Turns a browser's session cookie into the bearer the modules understand. Since a browser sends its cookie whoever asks it
/// to, a write by cookie has to come from a page of ours.
/// </summary>
internal sealed class SessionCookies(IOptions<GatewayOptions> options)
{
    private readonly string[] origins = options.Value.Origins;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Headers.Cookie.Count == 0)
        {
            return next(context);
        }

        var refreshes = request.Cookies.ContainsKey(SessionCookie.RefreshName);
        if (request.Headers.Authorization.Count == 0 && request.Cookies[SessionCookie.Name] is { Length: > 0 } token)
        {
            if (IsWrite(request) && !IsFromOurPages(request))
            {
                return Refuse(context);
            }

            request.Headers.Authorization = $"Bearer {token}";
        }
        else if (refreshes && IsWrite(request) && !IsFromOurPages(request))
        {
            return Refuse(context);
        }

        if (!request.Path.StartsWithSegments("/api/auth", StringComparison.Ordinal))
        {
            request.Headers.Remove("Cookie");
        }

        return next(context);
    }

    private static Task Refuse(HttpContext context) =>
        Problems.Forbidden("cross-site-request", "A page of another site may not act for you.").ExecuteAsync(context);

    private static bool IsWrite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    // Every browser sends one of the two with a write from a page; programs send neither and hold no ambient cookie.
    private bool IsFromOurPages(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0)
        {
            return origin == $"{request.Scheme}://{request.Host}" || origins.Contains(origin);
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }
}
