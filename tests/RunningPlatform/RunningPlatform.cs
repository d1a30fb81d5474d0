using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Host;
using Portico.Platform.Modules;

namespace Portico.Tests;

/// <summary>How the modules are spread over processes.</summary>
public enum Shape
{
    OneProcess,
    ProcessPerModule,
}

/// <summary>
/// The production application on free ports with databases of its own. In the second shape every module has its own
/// application and they talk over HTTP, as separate processes would.
/// </summary>
public sealed class RunningPlatform : IAsyncDisposable
{
    private readonly List<WebApplication> apps = [];
    private readonly string folder = Directory.CreateTempSubdirectory("portico-platform-").FullName;
    private readonly Dictionary<string, Uri> addresses = [];
    private Func<string[], Uri, WebApplication> build = (_, _) => throw new InvalidOperationException("Not started.");

    private readonly TestDatabases? shared;

    private RunningPlatform(Dictionary<string, string?> databases, TestDatabases? shared) => (Databases, this.shared) = (databases, shared);

    /// <summary>The front door: what a caller outside knows.</summary>
    public Uri Gateway => addresses["gateway"];

    /// <summary>Where the keys are.</summary>
    public string DataFolder => folder;

    public MovableClock Clock { get; } = new();

    public CapturedLogs Logs { get; } = new();

    /// <summary>The connection strings, for tests that look into the database.</summary>
    public IReadOnlyDictionary<string, string?> Databases { get; }

    public IReadOnlyList<WebApplication> Apps => apps;

    public Uri AddressOf(string module) => addresses[module];

    /// <summary>Starts the platform; <paramref name="settings"/> are configuration keys, <paramref name="adjust"/> adds services.</summary>
    public static async Task<RunningPlatform> StartAsync(
        Shape shape, Dictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? adjust = null, TestDatabases? on = null)
    {
        var databases = on ?? await TestDatabases.SharedAsync();
        var platform = new RunningPlatform(await databases.CreateAsync(), on is null ? databases : null);
        try
        {
            var groups = shape is Shape.OneProcess
                ? [[.. ModuleCatalog.Targets.Select(module => module.Name)]]
                : ModuleCatalog.Targets.Select(module => (string[])[module.Name]).ToList();
            await platform.StartAsync(groups, settings ?? [], adjust);
            return platform;
        }
        catch (Exception e)
        {
            await platform.GiveUpAsync(e);
            throw;
        }
    }

    /// <summary>Somebody outside, not signed in.</summary>
    public Person Somebody() => new(this, Gateway);

    /// <summary>Takes a module's process away, in the shape where it has one.</summary>
    public async Task StopAsync(string module)
    {
        var app = apps.Single(app => app.Services.GetRequiredService<Deployment>().Hosted is [var only] && only == module);
        apps.Remove(app);
        await StopAsync(app);
    }

    /// <summary>Starts it again, where it was.</summary>
    public async Task StartAgainAsync(string module)
    {
        await StartAsync([module], addresses[module]);
        await WaitUntilReadyAsync();
    }

    /// <summary>Starts another process of a module beside the one there is, over the same database and keys; answers where.</summary>
    public async Task<Uri> StartAnotherAsync(string module)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await StartAsync([module], address);
        await WaitUntilReadyAsync(address);
        return address;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var app in Enumerable.Reverse(apps))
            {
                await StopAsync(app);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            await (shared?.DropAsync(Databases) ?? Task.CompletedTask);
        }

        Logs.AssertNoSecrets();
    }

    // What does not start does not always stop either: that may not be told in the place of why it did not start.
    private async Task GiveUpAsync(Exception reason)
    {
        try
        {
            await DisposeAsync();
        }
        catch (Exception e)
        {
            throw new AggregateException($"The platform did not start: {reason.Message}", reason, e);
        }
    }

    private static async Task StopAsync(WebApplication app)
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task StartAsync(IReadOnlyList<string[]> groups, Dictionary<string, string?> settings, Action<WebApplicationBuilder>? adjust)
    {
        foreach (var group in groups)
        {
            var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
            foreach (var module in group)
            {
                addresses[module] = address;
            }
        }

        build = (group, address) => Build(group, address, settings, adjust);

        // Auth first: the others are ready once it told them which sessions have ended, and ask again after half a second only. The
        // gateway last: it is ready once the others are.
        foreach (var group in groups.OrderBy(group => group[0] switch { "auth" => 0, "gateway" => 2, _ => 1 }))
        {
            await StartAsync(group, addresses[group[0]]);
        }

        await WaitUntilReadyAsync();
    }

    private async Task StartAsync(string[] group, Uri address)
    {
        var app = build(group, address);
        apps.Add(app);
        await app.StartAsync();
    }

    private WebApplication Build(string[] group, Uri address, Dictionary<string, string?> settings, Action<WebApplicationBuilder>? adjust)
    {
        Dictionary<string, string?> all = new(Databases)
        {
            ["urls"] = address.ToString(),
            ["RateLimiting:Enabled"] = "false",
            ["Modules:Auth:Passwords:Cost"] = "4",
        };
        foreach (var (module, neighbour) in addresses)
        {
            all[$"Neighbours:{module}"] = neighbour.ToString();
        }

        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var builder = PorticoApp.Configure(folder, all, "Testing");
        return PorticoApp.Build(PorticoApp.Deployment(group, builder.Configuration, folder), builder, production =>
        {
            production.Logging.ClearProviders().AddProvider(Logs);
            production.Services.AddSingleton<TimeProvider>(Clock);
            adjust?.Invoke(production);
        });
    }

    private Task WaitUntilReadyAsync() => WaitUntilReadyAsync([.. addresses.Values.Distinct()]);

    private static async Task WaitUntilReadyAsync(params Uri[] places)
    {
        using var client = new HttpClient();
        foreach (var place in places)
        {
            await Eventually.TrueAsync(
                async () => (await client.GetAsync(new Uri(place, "/healthz/ready"))).IsSuccessStatusCode, $"{place} is not ready");
        }
    }
}
