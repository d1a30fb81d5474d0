using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>A RabbitMQ of Debian's package rabbitmq-server, with a folder, ports and names of its own. It can die and come back.</summary>
internal sealed class BrokerServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string folder = Directory.CreateTempSubdirectory("portico-rabbit-").FullName;
    private readonly int port = FreePort.Next(3);
    private Process? running;

    public string Uri => $"amqp://guest:guest@127.0.0.1:{port}/";

    public static async Task<BrokerServer> StartedAsync()
    {
        Assert.SkipWhen(!File.Exists(Program) && Environment.GetEnvironmentVariable("CI") is null, "rabbitmq-server is missing");
        var server = new BrokerServer();
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Surroundings())
        {
            start.Environment[name] = value;
        }

        running = Process.Start(start)!;
        // Nobody reads it, but it has to go somewhere.
        running.OutputDataReceived += (_, _) => { };
        running.ErrorDataReceived += (_, _) => { };
        running.BeginOutputReadLine();
        running.BeginErrorReadLine();
        await Eventually.TrueAsync(AnswersAsync, "RabbitMQ does not answer", Patience);
    }

    public async Task KillAsync()
    {
        running!.Kill(entireProcessTree: true);
        await running.WaitForExitAsync();
        running.Dispose();
        running = null;
    }

    /// <summary>It neither dies nor answers, like a machine that hangs.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
        {
            await KillAsync();
        }

        // The daemon that Erlang starts for names outlives the node.
        var daemon = new ProcessStartInfo("/usr/bin/epmd", ["-port", Number(port + 2), "-kill"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var killing = Process.Start(daemon)!;
        await killing.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var killing = Process.Start("kill", ["-s", signal, (await File.ReadAllTextAsync(Path.Combine(folder, "pid"))).Trim()]);
        await killing.WaitForExitAsync();
        Assert.Equal(0, killing.ExitCode);
    }

    private Dictionary<string, string> Surroundings() => new()
    {
        ["HOME"] = folder,
        ["RABBITMQ_NODENAME"] = $"portico{port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Number(port),
        ["RABBITMQ_DIST_PORT"] = Number(port + 1),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "none"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none-env"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = Number(port + 2),
    };

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
