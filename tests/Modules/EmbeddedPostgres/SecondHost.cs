using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests.Modules.EmbeddedPostgres;

/// <summary>Another process of this program that starts the server of a data folder and holds it, to be killed.</summary>
internal sealed class SecondHost(Process process) : IAsyncDisposable
{
    public const string Verb = "second-host";

    public int ProcessId => process.Id;

    public static SecondHost Start(TestFolder folder, string? binFolder = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Portico.Tests.Modules");
        return new SecondHost(Process.Start(new ProcessStartInfo(program, [Verb, folder.Path, binFolder ?? ""])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    public async Task<int> ReadServerProcessIdAsync() =>
        int.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, null);

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>What that other process does: start, tell, and wait until its input closes.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new EmbeddedServerOptions
        {
            DataFolder = arguments[0],
            BinFolder = arguments[1],
            Settings = new() { ["fsync"] = "off", ["shared_buffers"] = "16MB" },
        };
        await using var server = await EmbeddedServer.StartAsync(options, NullLogger.Instance, CancellationToken.None);
        Console.WriteLine(server.ProcessId);
        await Console.In.ReadLineAsync();
        return 0;
    }
}
