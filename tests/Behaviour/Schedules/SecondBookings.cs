using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Host;

namespace Portico.Tests.Behaviour.Schedules;

/// <summary>Another process that serves Bookings, over the same database and with the same keys.</summary>
internal sealed class SecondBookings : IAsyncDisposable
{
    private readonly WebApplication app;

    private SecondBookings(WebApplication app, Uri address) => (this.app, Address) = (app, address);

    public Uri Address { get; }

    public static async Task<SecondBookings> StartAsync(RunningPlatform platform, Action<WebApplicationBuilder> adjust)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        Dictionary<string, string?> settings = new(platform.Databases) { ["urls"] = address.ToString() };
        foreach (var module in ModuleCatalog.Targets)
        {
            settings[$"Neighbours:{module.Name}"] = platform.AddressOf(module.Name).ToString();
        }

        var builder = PorticoApp.Configure(platform.DataFolder, settings, "Testing");
        var app = PorticoApp.Build(PorticoApp.Deployment(["bookings"], builder.Configuration, platform.DataFolder), builder, production =>
        {
            production.Logging.ClearProviders().AddProvider(platform.Logs);
            production.Services.AddSingleton<TimeProvider>(platform.Clock);
            adjust(production);
        });
        await app.StartAsync();
        return new(app, address);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
