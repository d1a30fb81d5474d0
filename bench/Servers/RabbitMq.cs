using System.Globalization;
using System.Net.Sockets;

namespace Portico.Bench.Servers;

/// <summary>Debian's RabbitMQ as it comes, with a folder, ports and names of its own.</summary>
internal sealed class RabbitMq : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly RunningProcess process;
    private readonly int port;
    private readonly string namesPort;

    private RabbitMq(RunningProcess process, int port, string namesPort) => (this.process, this.port, this.namesPort) = (process, port, namesPort);

    public string Uri => $"amqp://guest:guest@127.0.0.1:{port}/";

    public static async Task<RabbitMq> StartAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        var program = Tool.Find("rabbitmq-server", "/usr/lib/rabbitmq/bin/rabbitmq-server", "/usr/local/sbin/rabbitmq-server");
        // On the disk that the databases are on: its queues have to reach one as well.
        var folder = Directory.CreateDirectory(Path.Combine(workbench.RunFolder, "rabbitmq")).FullName;
        var (port, namesPort) = (FreePort.Next(), Number(FreePort.Next()));
        var process = RunningProcess.Start(Path.Combine(workbench.LogFolder, "rabbitmq.log"), Surroundings(folder, port, namesPort), program);
        var server = new RabbitMq(process, port, namesPort);
        try
        {
            await server.WaitAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        // The daemon that Erlang starts for names outlives the node.
        await Tool.RunAsync(Tool.Find("erlang-base", "/usr/bin/epmd"), ["-port", namesPort, "-kill"], null, CancellationToken.None);
    }

    private static Dictionary<string, string> Surroundings(string folder, int port, string namesPort) => new()
    {
        ["HOME"] = folder,
        ["RABBITMQ_NODENAME"] = $"portico{Number(port)}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Number(port),
        ["RABBITMQ_DIST_PORT"] = Number(FreePort.Next()),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "none"),
        ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none-env"),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = namesPort,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync("127.0.0.1", port, patience.Token);
                return;
            }
            catch (SocketException) when (!process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), patience.Token);
            }
        }
    }
}
