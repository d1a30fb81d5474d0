using System.Diagnostics;

namespace Portico.Bench.Servers;

/// <summary>One process of the release build, ready to answer.</summary>
internal sealed class PorticoServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly RunningProcess process;

    private PorticoServer(RunningProcess process, Uri address, TimeSpan startedIn)
    {
        (this.process, Address, StartedIn) = (process, address, startedIn);
    }

    public Uri Address { get; }

    public int ProcessId => process.Id;

    /// <summary>From the start of the process to the first 200 of <c>/healthz/ready</c>.</summary>
    public TimeSpan StartedIn { get; }

    public static Task<PorticoServer> StartAsync(
        Workbench workbench, string target, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) =>
        StartAsync(workbench, target, FreePort.NextAddress(), settings, cancellationToken);

    public static async Task<PorticoServer> StartAsync(
        Workbench workbench, string target, Uri address, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken, string? folder = null)
    {
        var log = Path.Combine(workbench.LogFolder, $"portico-{target}.log");
        var started = Stopwatch.StartNew();
        var process = RunningProcess.Start(
            log, settings, workbench.Executable, "serve", target, "--data", folder ?? workbench.DataFolder, "--urls", address.OriginalString);
        try
        {
            await WaitAsync(process, new Uri(address, "/healthz/ready"), log, cancellationToken);
            return new(process, address, started.Elapsed);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task WaitAsync(RunningProcess process, Uri ready, string log, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var waiting = Stopwatch.StartNew();
        while (!process.HasExited && waiting.Elapsed < Patience)
        {
            try
            {
                using var answer = await client.GetAsync(ready, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // It does not listen yet, or listens and is not up to an answer.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }

        throw new InvalidOperationException($"Portico does not become ready:\n{string.Join('\n', File.ReadLines(log).TakeLast(10))}");
    }
}
