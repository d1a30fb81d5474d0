using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Portico.Tests;

/// <summary>The built <c>portico</c> as a process of the system, in a process group of its own, as a terminal would start it.</summary>
public sealed partial class PorticoExecutable : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Beside the tests, built with the same configuration.
    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../Portico.Host", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "portico"));

    private readonly Process process;
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();
    private readonly List<string> output = [];
    private readonly List<string> errors = [];

    private PorticoExecutable(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Add(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>Standard output so far.</summary>
    public string Output => Text(output);

    /// <summary>Standard error so far.</summary>
    public string Errors => Text(errors);

    public static PorticoExecutable Start(params string[] arguments) => Start(new Dictionary<string, string?>(), arguments);

    /// <summary>Starts it with configuration keys in its environment.</summary>
    public static PorticoExecutable Start(IReadOnlyDictionary<string, string?> settings, params string[] arguments) =>
        StartCommand(settings, [Program, .. arguments]);

    /// <summary>Starts <c>tools/run-split</c>: one process per module, the gateway on <paramref name="port"/>.</summary>
    public static PorticoExecutable StartSplit(IReadOnlyDictionary<string, string?> settings, string dataFolder, int port) => StartCommand(
        settings,
        ["bash", Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../tools/run-split")), Program, dataFolder, port.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>A verb that ends by itself: its exit code, output and errors.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        await using var portico = Start(settings, arguments);
        return (await portico.ExitAsync(), portico.Output, portico.Errors);
    }

    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string?>(), arguments);

    /// <summary>The next line of output that holds <paramref name="text"/>.</summary>
    public async Task<string> LineAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (await lines.Reader.ReadAsync(patience.Token) is { } line)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"Portico did not say \"{text}\":\n{Output}\n{Errors}", e);
        }

        throw new UnreachableException();
    }

    /// <summary>Waits until <c>serve</c> answers, and where.</summary>
    public async Task<Uri> AddressAsync() => new((await LineAsync(" answers on ")).Split(' ')[^1]);

    /// <summary>Waits for the end, all output included.</summary>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Ctrl-C, which reaches every process of the group.</summary>
    public Task<int> InterruptAsync() => SignalAsync(-process.Id, Interrupt);

    public Task<int> TerminateAsync() => SignalAsync(process.Id, Terminate);

    /// <summary><c>kill -9</c>: what it started goes on running.</summary>
    public Task<int> KillAsync() => SignalAsync(process.Id, Kill);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // All of its group: a script's children would keep its output open, and hide why the test ended here.
            await SignalAsync(-process.Id, Kill);
        }

        process.Dispose();
    }

    private static PorticoExecutable StartCommand(IReadOnlyDictionary<string, string?> settings, string[] command)
    {
        // env: whoever runs the tests in the background has Ctrl-C ignored, and children inherit that.
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new(Process.Start(start)!);
    }

    private Task<int> SignalAsync(int target, int signal)
    {
        if (SystemKill(target, signal) != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Process {target} is not there to get signal {signal}.\n{Output}\n{Errors}"));
        }

        return ExitAsync();
    }

    private void Take(string? line)
    {
        Add(output, line);
        if (line is null)
        {
            lines.Writer.Complete();
        }
        else
        {
            lines.Writer.TryWrite(line);
        }
    }

    private static void Add(List<string> to, string? line)
    {
        if (line is not null)
        {
            lock (to)
            {
                to.Add(line);
            }
        }
    }

    private static string Text(List<string> of)
    {
        lock (of)
        {
            return string.Join('\n', of);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SystemKill(int process, int signal);
}
