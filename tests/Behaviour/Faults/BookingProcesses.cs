using Portico.Host;
using Portico.Tests.Behaviour.Bookings;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>What is taken away under load, and given back.</summary>
public enum Strike
{
    KillOneProcess,
    KillDatabaseServer,
    KillBothProcesses,
    RestartDatabaseServer,
    KillEverything,
}

/// <summary>
/// Two processes of Bookings as an operator would start them, beside the other modules and over a database server of their own.
/// The first one stands where the other modules expect Bookings.
/// </summary>
internal sealed class BookingProcesses : IAsyncDisposable
{
    private readonly TestDatabases databases;
    private readonly Uri[] addresses;
    private readonly PorticoExecutable[] running;

    private BookingProcesses(TestDatabases databases, RunningPlatform platform)
    {
        (this.databases, Platform) = (databases, platform);
        addresses = [platform.AddressOf("bookings"), new($"http://127.0.0.1:{FreePort.Next()}")];
        running = [.. addresses.Select(Start)];
    }

    public RunningPlatform Platform { get; }

    public IReadOnlyList<Uri> Addresses => addresses;

    public static async Task<BookingProcesses> StartAsync()
    {
        var databases = await TestDatabases.StartAsync(durable: true);
        var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, BookingSteps.ByHand, on: databases);
        await platform.StopAsync("bookings");
        var processes = new BookingProcesses(databases, platform);
        await Task.WhenAll(processes.running.Select(process => process.AddressAsync()));
        return processes;
    }

    public async Task SufferAsync(Strike strike)
    {
        int[] killed = strike switch { Strike.KillOneProcess => [0], Strike.KillBothProcesses or Strike.KillEverything => [0, 1], _ => [] };
        await Task.WhenAll([.. killed.Select(index => running[index].KillAsync()), strike is Strike.KillDatabaseServer or Strike.KillEverything ? databases.KillServerAsync() : Task.CompletedTask]);
        if (strike is Strike.RestartDatabaseServer)
        {
            await databases.StopServerAsync();
        }

        if (strike is Strike.KillDatabaseServer or Strike.RestartDatabaseServer or Strike.KillEverything)
        {
            await databases.StartServerAsync();
        }

        foreach (var index in killed)
        {
            await running[index].DisposeAsync();
            running[index] = Start(addresses[index]);
        }

        await Task.WhenAll(killed.Select(index => running[index].AddressAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running)
        {
            await process.DisposeAsync();
        }

        await Platform.DisposeAsync();
        await databases.DisposeAsync();
    }

    private PorticoExecutable Start(Uri address)
    {
        Dictionary<string, string?> settings = new(Platform.Databases.Concat(BookingSteps.ByHand))
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Testing",
            ["RateLimiting:Enabled"] = "false",
            // As short as may be: what nobody confirmed has to come free by itself.
            ["Modules:Bookings:HoldFor"] = "00:00:10",
            ["Modules:Bookings:CheckInEarly"] = "1.00:00:00",
        };
        foreach (var (module, _) in ModuleCatalog.Targets)
        {
            settings[$"Neighbours:{module}"] = Platform.AddressOf(module).ToString();
        }

        return PorticoExecutable.Start(settings, "serve", "bookings", "--data", Platform.DataFolder, "--urls", address.ToString().TrimEnd('/'));
    }
}
