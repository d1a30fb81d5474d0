using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Portico.Host;

namespace Portico.Bench.Servers;

/// <summary>
/// The production application within the bench, with one route more that answers bytes it was given: what the rest of the
/// pipeline takes (the front door, the token, the limits, the wire) is the same for both.
/// </summary>
internal sealed class HostedHere(WebApplication app, Uri address) : IAsyncDisposable
{
    public const string Constant = "/bench/constant";
    private byte[] bytes = [];

    public Uri Address => address;

    public static async Task<HostedHere> StartAsync(string folder, IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellationToken)
    {
        var address = FreePort.NextAddress();
        Directory.CreateDirectory(folder);
        var builder = PorticoApp.Configure(
            folder, settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)).Append(new("urls", address.OriginalString)));
        var app = PorticoApp.Build(PorticoApp.Deployment(["gateway", "bookings"], builder.Configuration, folder), builder, production => production.Logging.ClearProviders());
        var here = new HostedHere(app, address);
        app.MapGet(Constant, () => TypedResults.Bytes(here.bytes, "application/json; charset=utf-8"));
        await app.StartAsync(cancellationToken);
        return here;
    }

    /// <summary>What it answers from now on.</summary>
    public void Answer(byte[] constant) => bytes = constant;

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
