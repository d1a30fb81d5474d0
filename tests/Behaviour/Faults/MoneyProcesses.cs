using Portico.Host;
using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Kafka;
using Portico.Tests.Behaviour.Notifications;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>
/// Every module in a process of its own, as an operator would start them, over a database server, a Kafka and a RabbitMQ that are
/// there for them alone. Webhooks come to Payments, and go to others, by a road that loses some.
/// </summary>
internal sealed class MoneyProcesses : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Dictionary<string, PorticoExecutable> running = [];
    private readonly List<IAsyncDisposable> around = [];
    private readonly TestDatabases databases;
    private readonly KafkaCluster kafka = KafkaCluster.Start();
    private BrokerServer queue = null!;

    private MoneyProcesses(TestDatabases databases) => this.databases = databases;

    public RunningPlatform Platform { get; private set; } = null!;

    public LossyRoad ToPayments { get; private set; } = null!;

    public LossyRoad ToOthers { get; private set; } = null!;

    public WebhookReceiver Others { get; private set; } = null!;

    /// <summary><paramref name="prepare"/> is done by the same modules in this process, before there are any brokers.</summary>
    public static async Task<MoneyProcesses> StartAsync(Random random, Func<MoneyProcesses, Task> prepare)
    {
        var processes = new MoneyProcesses(await TestDatabases.StartAsync(durable: true));
        try
        {
            await processes.StartAroundAsync(random);
            await prepare(processes);
            foreach (var (module, _) in ModuleCatalog.Targets)
            {
                await processes.Platform.StopAsync(module);
            }

            await processes.StartAsync([.. ModuleCatalog.Targets.Select(module => module.Name)]);
            return processes;
        }
        catch
        {
            await processes.DisposeAsync();
            throw;
        }
    }

    /// <param name="meanwhile">What goes on while a broker is away. Who was killed with it starts without it.</param>
    public async Task SufferAsync(Blow blow, Func<Task> meanwhile)
    {
        await Task.WhenAll(blow.Processes.Select(module => running[module].KillAsync()));
        switch (blow.Kind)
        {
            case BlowKind.KillProcesses:
                await StartAsync(blow.Processes);
                break;
            case BlowKind.KillQueue:
                await queue.KillAsync();
                await StartAsync(blow.Processes);
                await meanwhile();
                await queue.StartAsync();
                break;
            case BlowKind.TakeKafkaAway:
                kafka.GoAway();
                await StartAsync(blow.Processes);
                await meanwhile();
                kafka.ComeBack();
                break;
            case BlowKind.KillDatabaseServer:
                await databases.KillServerAsync();
                await databases.StartServerAsync();
                await StartAsync(blow.Processes);
                break;
            case BlowKind.RestartDatabaseServer:
                await databases.StopServerAsync();
                await databases.StartServerAsync();
                await StartAsync(blow.Processes);
                break;
        }
    }

    /// <summary>
    /// Until everything is told and done. What waits until somebody is thought dead, or to be tried again, waits no longer: it is as
    /// if those minutes went by.
    /// </summary>
    public async Task SettleAsync()
    {
        await Platform.ExecuteAsync(
            "payments",
            """
            update refunds set ask_at = now() where settled_at is null;
            update payments set ask_at = now() where settled_at is null and (unwanted is not null or status = 'creating');
            update sandbox_events set next_at = now();
            """);
        foreach (var module in ModuleCatalog.WithDatabase)
        {
            await Eventually.TrueAsync(async () => await CountAsync(module, "select count(*) from outbox") == 0, $"what {module} says does not arrive", Patience);
        }

        await Agreement.HoldsAsync<string>(
            "money that is still on its way", [], async () =>
            {
                // The wait doubles each time a webhook is lost. Half a minute at most belongs to who is sending it.
                await Platform.ExecuteAsync("payments", "update sandbox_events set next_at = now() where next_at > now() + interval '30 seconds'");
                return await Platform.QueryAsync<string>(
                    "payments",
                    """
                    select concat_ws(' ', 'webhook', id, attempts, next_at) from sandbox_events
                    union all select concat_ws(' ', 'refund', id, status, ask_at) from refunds where settled_at is null
                    union all select concat_ws(' ', 'payment', id, status, unwanted, ask_at) from payments
                    where settled_at is null and (unwanted is not null or status = 'creating')
                    """);
            });
    }

    /// <summary>A verb of the same installation, as an operator would run it beside the processes.</summary>
    public async Task<string> RunAsync(params string[] verb)
    {
        var (code, output, errors) = await PorticoExecutable.RunAsync(Platform.Databases, [.. verb, "--data", Platform.DataFolder]);
        Assert.True(code == 0, $"portico {string.Join(' ', verb)}: {code}\n{output}\n{errors}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in running.Values.Concat(Enumerable.Reverse(around)))
        {
            await one.DisposeAsync();
        }

        kafka.Dispose();
        await databases.DisposeAsync();
    }

    private async Task<long> CountAsync(string module, string sql) => (await Platform.QueryAsync<long>(module, sql)).Single();

    private async Task StartAroundAsync(Random random)
    {
        around.Add(queue = await BrokerServer.StartedAsync());
        around.Add(Others = await WebhookReceiver.StartAsync());
        around.Add(ToOthers = await LossyRoad.ToAsync(new(Others.Url), random));
        Dictionary<string, string?> settings = new(BookingSteps.ByHand) { ["Modules:Notifications:Webhooks:AllowPrivate"] = "true" };
        around.Add(Platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, settings, on: databases));
        around.Add(ToPayments = await LossyRoad.ToAsync(Platform.Gateway, random));
    }

    private async Task StartAsync(IReadOnlyList<string> modules)
    {
        foreach (var module in modules)
        {
            if (running.Remove(module, out var before))
            {
                await before.DisposeAsync();
            }

            running[module] = PorticoExecutable.Start(
                Settings(), "serve", module, "--data", Platform.DataFolder, "--urls", Platform.AddressOf(module).ToString().TrimEnd('/'));
        }

        await Task.WhenAll(modules.Select(module => running[module].AddressAsync()));
    }

    private Dictionary<string, string?> Settings()
    {
        Dictionary<string, string?> settings = new(Platform.Databases.Concat(kafka.Settings))
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Testing",
            ["RateLimiting:Enabled"] = "false",
            ["Tokens:Lifetime"] = "7.00:00:00",
            // What nobody confirms or pays comes free while people are still at it.
            ["Modules:Bookings:HoldFor"] = "00:00:20",
            ["Modules:Bookings:PayWithin"] = "00:00:30",
            ["Modules:Payments:Sandbox:WebhookAddress"] = ToPayments.Address.ToString(),
            ["Modules:Notifications:RabbitMq:Uri"] = queue.Uri,
            ["Modules:Notifications:Webhooks:AllowPrivate"] = "true",
            // As short as may be: the test waits for what is tried again, and for who is thought dead.
            ["Modules:Notifications:RabbitMq:PublishAgainAfter"] = "00:00:05",
            ["Modules:Notifications:RetryAfter"] = "00:00:01",
            ["Messaging:Kafka:Settings:session.timeout.ms"] = "6000",
            // A broker that goes away may not say so: processes that were started meanwhile have its connections too, and keep them open.
            ["Messaging:Kafka:Settings:socket.timeout.ms"] = "6000",
        };
        foreach (var (module, _) in ModuleCatalog.Targets)
        {
            settings[$"Neighbours:{module}"] = Platform.AddressOf(module).ToString();
        }

        return settings;
    }
}
