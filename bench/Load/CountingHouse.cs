using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Bench.Servers;
using Portico.Host;
using Portico.Platform.Messaging;

namespace Portico.Bench.Load;

/// <summary>Analytics over a database of its own, given facts as a broker's consumer gives them: in batches, each with its inbox rows.</summary>
internal sealed class CountingHouse : IAsyncDisposable
{
    private const int BatchSize = 500;
    private readonly WebApplication app;
    private readonly StreamSubscription counting;
    private readonly ToldTransactions told = new();

    private CountingHouse(WebApplication app)
    {
        this.app = app;
        counting = app.Services.GetServices<StreamSubscription>().Single();
    }

    public static async Task<CountingHouse> OpenAsync(Workbench workbench, string name, int history, CancellationToken cancellationToken)
    {
        var database = $"portico_{name}";
        var folder = Directory.CreateDirectory(Path.Combine(workbench.RunFolder, name)).FullName;
        Dictionary<string, string> settings = new() { ["Modules__analytics__ConnectionString"] = workbench.Database.ConnectionString(database) };
        await workbench.Database.ExecuteAsync("postgres", $"create database {database}", null, cancellationToken);
        await Tool.RunAsync(workbench.Executable, ["migrate", "analytics", "--data", folder], settings, cancellationToken);
        var builder = PorticoApp.Configure(
            folder, settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        // Not started: nobody is to be heard but the bench.
        var house = new CountingHouse(PorticoApp.Build(
            PorticoApp.Deployment(["analytics"], builder.Configuration, folder), builder, production => production.Logging.ClearProviders()));
        await house.CountedPerSecondAsync(history, cancellationToken);
        await workbench.Database.ExecuteAsync(database, "vacuum (analyze)", null, cancellationToken);
        return house;
    }

    public async Task<double> CountedPerSecondAsync(int facts, CancellationToken cancellationToken)
    {
        var batches = told.Next(facts).Chunk(BatchSize).ToList();
        var counted = Stopwatch.StartNew();
        foreach (var batch in batches)
        {
            await counting.Deliver(app.Services, batch, cancellationToken);
        }

        return facts / counted.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
