using System.Net;
using Microsoft.Extensions.Options;

namespace Portico.Platform.Telemetry;

/// <summary>Who may read the metrics without signing in.</summary>
internal sealed class Scrapers(IOptions<TelemetryOptions> options)
{
    // X-Original-For is what the forwarded-headers middleware leaves behind when it ran first after all.
    private static readonly string[] MarksOfAProxy = ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Original-For"];

    private readonly Lazy<IPNetwork[]> networks = new(() => options.Value.Scrapers());

    /// <summary>Whether the request came straight from a scraper: behind a proxy on this machine every stranger looks local.</summary>
    public bool Admit(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return address is not null
            && !MarksOfAProxy.Any(context.Request.Headers.ContainsKey)
            // An IPv4 network contains its addresses' IPv6 form too, ::ffff:127.0.0.1.
            && networks.Value.Any(network => network.Contains(address));
    }
}
