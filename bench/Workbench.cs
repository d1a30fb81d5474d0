using System.Diagnostics;
using Portico.Bench.Servers;

namespace Portico.Bench;

/// <summary>The release build, and an installation of its own with a database that every measurement finds prepared.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromSeconds(60);
    private readonly string root;

    private Workbench(string root)
    {
        this.root = root;
        Database = new(DataFolder);
    }

    public string Executable => Path.Combine(root, "artifacts/bin/Portico.Host/release/portico");

    // On the disk of the repository and not in /tmp, which may be memory: a commit has to reach a disk.
    public string RunFolder => Path.Combine(root, $"bench/out/run-{Environment.ProcessId}");

    public string DataFolder => Path.Combine(RunFolder, "data");

    public string LogFolder => Path.Combine(root, "bench/out/logs");

    public string ReportPath => Path.Combine(root, "bench/out/report.json");

    public EmbeddedDatabase Database { get; }

    public Identities Identities => new(DataFolder);

    public static async Task<Workbench> SetUpAsync(bool build, CancellationToken cancellationToken)
    {
        var workbench = new Workbench(Root());
        if (build)
        {
            Console.WriteLine("building the release …");
            await Tool.RunAsync(
                "dotnet", ["build", Path.Combine(workbench.root, "src/Host"), "-c", "Release", "-v", "quiet", "--nologo"], null, cancellationToken);
        }

        Directory.CreateDirectory(workbench.RunFolder);
        Directory.CreateDirectory(workbench.LogFolder);
        try
        {
            await using var first = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
            await workbench.Database.RequireDurabilityAsync(cancellationToken);
            return workbench;
        }
        catch
        {
            await workbench.DisposeAsync();
            throw;
        }
    }

    /// <summary>A member with a profile, as an access token.</summary>
    public async Task<string> AddMemberAsync(CancellationToken cancellationToken)
    {
        var id = Identities.NewId();
        await Database.ExecuteAsync(
            "portico_members",
            """
            insert into profiles (id, username, email, name, surname, role, created_at)
            values (@id, 'bench-' || @id, @id || '@bench.example', 'Ada', 'Bench', 'member', now())
            """, new { id }, cancellationToken);
        return Identities.Member(id);
    }

    /// <summary>Waits until everything that a module said has reached the others; answers how long it took, in seconds.</summary>
    public async Task<double> DeliverAsync(string module, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (await Database.CountAsync($"portico_{module}", "outbox", cancellationToken) > 0)
        {
            if (waiting.Elapsed > LongestDelivery)
            {
                throw new InvalidOperationException($"The outbox of {module} is not empty after {LongestDelivery.TotalSeconds} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return waiting.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(RunFolder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Portico.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The bench runs inside the repository only: it builds what it measures.");
    }
}
