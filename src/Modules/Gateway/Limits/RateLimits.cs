using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Portico.Platform.Web;

namespace Portico.Gateway.Limits;

/// <summary>
/// Counts every request against its account, or its address when nobody is signed in, and the ways in against the address
/// besides. Runs after authentication, so that a token that is not believed buys nothing.
/// </summary>
internal sealed class RateLimits
{
    private static readonly FrozenSet<string> WaysIn = FrozenSet.ToFrozenSet(
        ["/api/auth/login", "/api/auth/register", "/api/auth/refresh", "/api/auth/password/forgot", "/api/auth/password/reset"], StringComparer.OrdinalIgnoreCase);

    private readonly bool enabled;
    private readonly TokenBuckets anonymous;
    private readonly TokenBuckets accounts;
    private readonly TokenBuckets signIns;
    private readonly Counter<long> refusals;

    public RateLimits(IOptions<RateLimitingOptions> options, TimeProvider time, IMeterFactory meters)
    {
        var limits = options.Value;
        enabled = limits.Enabled;
        anonymous = new(limits.AnonymousPerMinute, time);
        accounts = new(limits.AccountPerMinute, time);
        signIns = new(limits.SignInPerMinute, time);
        refusals = meters.Create("portico.gateway").CreateCounter<long>("portico.gateway.rate_limited", "{request}", "Requests refused for coming too often");
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!enabled || context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal))
        {
            return next(context);
        }

        var verdict = Judge(context, out var kind);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = Text(verdict.Limit);
        headers["RateLimit-Remaining"] = Text(verdict.Remaining);
        headers["RateLimit-Reset"] = Text((int)Math.Ceiling(verdict.FullAfter.TotalSeconds));
        if (verdict.Allowed)
        {
            return next(context);
        }

        refusals.Add(1, new KeyValuePair<string, object?>("kind", kind));
        return Problems.TooMany("too-many-requests", "Too many requests. Come back later.", verdict.RetryAfter).ExecuteAsync(context);
    }

    private Verdict Judge(HttpContext context, out string kind)
    {
        // What was found at the address counts, not how it was spelt: routing takes a slash at the end for nothing.
        var path = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        if (HttpMethods.IsPost(context.Request.Method) && WaysIn.Contains(path))
        {
            kind = "sign_in";
            return signIns.Take($"{path} {Address(context)}");
        }

        if (context.User.FindFirstValue("sub") is { } account)
        {
            kind = "account";
            return accounts.Take(account);
        }

        kind = "anonymous";
        return anonymous.Take(Address(context));
    }

    // Whoever has an IPv6 line has 2^64 addresses: the line counts.
    internal static string Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.GetAddressBytes() is { Length: 16 } bytes ? Convert.ToHexString(bytes, 0, 8) : address.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
