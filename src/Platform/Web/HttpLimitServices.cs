using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Portico.Platform.Web;

/// <summary>Applies <see cref="HttpLimits"/> to the server.</summary>
internal static class HttpLimitServices
{
    public static void AddHttpLimits(this IServiceCollection services)
    {
        services.AddOptions<HttpLimits>().BindConfiguration(HttpLimits.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<HttpLimits>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = limits.Value.MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = limits.Value.MaxHeaderBytes;
        });
    }

    /// <summary>The address and scheme of the caller, as told by the proxies that are believed and by nobody else.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, bool behindGateway)
    {
        var networks = app.ApplicationServices.GetRequiredService<IOptions<HttpLimits>>().Value.Networks(behindGateway).ToList();
        if (networks.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many hops as are trusted: the first untrusted address from the right is the caller.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        networks.ForEach(options.KnownIPNetworks.Add);
        app.UseForwardedHeaders(options);
    }
}
