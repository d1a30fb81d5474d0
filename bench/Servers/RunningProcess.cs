using System.Diagnostics;

namespace Portico.Bench.Servers;

/// <summary>A process that this bench started and ends, by its id.</summary>
internal sealed class RunningProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private RunningProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public static RunningProcess Start(string log, IReadOnlyDictionary<string, string>? environment, string program, params IEnumerable<string> arguments)
    {
        // Who waits for a word in it must not find one of the last run.
        File.Delete(log);
        // The shell becomes the program: its output goes to a file without passing through this process, and the id stays.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >\"$BENCH_LOG\" 2>&1", program, .. arguments]);
        start.Environment["BENCH_LOG"] = log;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start) ?? throw new InvalidOperationException($"{program} could not be started."));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await Tool.RunAsync("kill", ["-TERM", $"{process.Id}"], null, CancellationToken.None);
            using var timeout = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }
}
