using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Portico.Host;
using Portico.Host.EmbeddedPostgres;
using Portico.Platform.Data;

namespace Portico.Tests;

/// <summary>One private PostgreSQL for a whole test run, and fresh migrated databases in it for every platform.</summary>
public sealed class TestDatabases : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private const long MemoryNeeded = 4L << 30;
    private const int DroppedAtOnce = 75;
    private static readonly Lazy<Task<TestDatabases>> OfThisRun = new(() => StartAsync(durable: false));
    private readonly ConcurrentQueue<string> outOfUse = new();
    private readonly EmbeddedServer server;
    private readonly ModuleConnections templates;
    private readonly string folder;
    private readonly SemaphoreSlim cloning = new(1);
    private int made;

    private TestDatabases(EmbeddedServer server, ModuleConnections templates, string folder)
    {
        (this.server, this.templates, this.folder) = (server, templates, folder);
    }

    /// <summary>Fast and forgetful: a crash of the machine would lose it, a test never notices.</summary>
    public static Task<TestDatabases> SharedAsync() => OfThisRun.Value;

    public static async Task StopSharedAsync()
    {
        if (OfThisRun.IsValueCreated)
        {
            await (await OfThisRun.Value).DisposeAsync();
        }
    }

    /// <summary>A server of its own, for tests that stop it; <paramref name="durable"/> when they also kill things.</summary>
    public static async Task<TestDatabases> StartAsync(bool durable)
    {
        // Each set of databases is a thousand files, and to make and delete them on a disk takes longer than the tests do.
        var inMemory = !durable && Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > MemoryNeeded;
        var folder = inMemory
            ? Directory.CreateDirectory(Path.Combine(Memory, $"portico-tests-{Guid.CreateVersion7():N}")).FullName
            : Directory.CreateTempSubdirectory("portico-tests-").FullName;
        // Hundreds of small databases that live for seconds: looking after them would take more than the tests do.
        Dictionary<string, string> settings = durable
            ? []
            : new() { ["fsync"] = "off", ["synchronous_commit"] = "off", ["full_page_writes"] = "off", ["autovacuum"] = "off", ["max_wal_size"] = "1GB" };
        var options = new EmbeddedServerOptions { DataFolder = folder, MaxConnections = 900, Settings = settings };
        var server = await EmbeddedServer.StartAsync(options, NullLogger.Instance, CancellationToken.None);
        var templates = await ModuleDatabases.CreateAsync(server, ModuleCatalog.WithDatabase, ModuleCatalog.WithOwner, CancellationToken.None);
        var made = new TestDatabases(server, templates, folder);
        await made.MigrateTemplatesAsync();
        return made;
    }

    /// <summary>Connection strings of a fresh set of databases, as configuration.</summary>
    public async Task<Dictionary<string, string?>> CreateAsync()
    {
        Dictionary<string, string?> settings = [];
        var number = Interlocked.Increment(ref made);
        foreach (var (module, template) in templates.Modules)
        {
            var database = $"t{number}_{module}";
            await CloneAsync(database, $"portico_{module}", templates.Owners.ContainsKey(module) ? $"portico_{module}_owner" : $"portico_{module}");
            settings[$"Modules:{module}:ConnectionString"] = new NpgsqlConnectionStringBuilder(template) { Database = database }.ConnectionString;
        }

        foreach (var (module, owner) in templates.Owners)
        {
            settings[$"Modules:{module}:OwnerConnectionString"] = new NpgsqlConnectionStringBuilder(owner) { Database = $"t{number}_{module}" }.ConnectionString;
        }

        var directory = new NpgsqlConnectionStringBuilder(templates.Directory) { Database = $"t{number}_auth" }.ConnectionString;
        settings["Modules:members:AccountDirectory"] = directory;
        settings["Modules:bookings:AccountDirectory"] = directory;
        return settings;
    }

    /// <summary>
    /// Drops databases that a platform had, once there are many of them: the first to be dropped after others were written costs
    /// a checkpoint, those after it next to nothing.
    /// </summary>
    public async Task DropAsync(IReadOnlyDictionary<string, string?> settings)
    {
        foreach (var (_, connection) in settings.Where(setting => setting.Key.EndsWith(":ConnectionString", StringComparison.Ordinal)))
        {
            await using var ours = new NpgsqlConnection(connection);
            NpgsqlConnection.ClearPool(ours);
            outOfUse.Enqueue(ours.Database);
        }

        if (outOfUse.Count < DroppedAtOnce)
        {
            return;
        }

        await using var administrator = new NpgsqlConnection(server.SuperuserConnectionString());
        while (outOfUse.TryDequeue(out var database))
        {
            await administrator.ExecuteAsync($"drop database {database} with (force)");
        }
    }

    /// <summary>Stops the server as an operator would, in the middle of whatever goes on.</summary>
    public Task StopServerAsync() => server.StopAsync(CancellationToken.None);

    /// <summary><c>kill -9</c>: what it had not written is lost with it.</summary>
    public async Task KillServerAsync()
    {
        using var postmaster = Process.GetProcessById(server.ProcessId);
        postmaster.Kill();
        await postmaster.WaitForExitAsync();
    }

    public async Task StartServerAsync()
    {
        await server.StartAgainAsync(CancellationToken.None);
        // The tests' own connections; those of the platform are for the platform to mend.
        NpgsqlConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task CloneAsync(string database, string template, string owner)
    {
        // One clone at a time: PostgreSQL refuses to copy a template that another session is looking at.
        await cloning.WaitAsync();
        try
        {
            await using var connection = new NpgsqlConnection(server.SuperuserConnectionString());
            await connection.ExecuteAsync($"create database {database} template {template} owner {owner}");
            await connection.ExecuteAsync($"grant connect on database {database} to portico_directory");
        }
        finally
        {
            cloning.Release();
        }
    }

    private async Task MigrateTemplatesAsync()
    {
        var settings = templates.Modules.ToDictionary(
            module => $"Modules:{module.Key}:ConnectionString",
            module => (string?)new NpgsqlConnectionStringBuilder(module.Value) { Pooling = false }.ConnectionString);
        foreach (var (module, owner) in templates.Owners)
        {
            settings[$"Modules:{module}:OwnerConnectionString"] = new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString;
        }

        var builder = PorticoApp.Configure(folder, settings);
        var modules = ModuleCatalog.Parse(ModuleCatalog.Everything)!;
        await using var app = PorticoApp.Build(PorticoApp.Deployment(modules, builder.Configuration, folder), builder);
        foreach (var module in app.Services.GetServices<IMigratedModule>())
        {
            await module.MigrateAsync(CancellationToken.None);
        }
    }
}
