using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portico.Host;
using Portico.Members;
using Portico.Platform.Schedules;

namespace Portico.Tests.Behaviour.Members;

[Trait("Category", "Proof")]
public sealed class ScheduleTests
{
    [Fact]
    public async Task Two_instances_run_a_job_once_at_a_time_and_one_goes_on_when_the_other_stops()
    {
        var runs = new Runs();
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, adjust: Every(runs, TimeSpan.FromSeconds(1)));
        await using var folder = new TempFolder();
        await using var second = await SecondMembersAsync(platform, folder, Every(runs, TimeSpan.FromSeconds(1)));
        await Eventually.TrueAsync(() => Task.FromResult(runs.Count >= 5), "the job does not run");

        Assert.Equal(1, runs.MostAtOnce);
        // Each due time is one run, not one per instance.
        Assert.InRange(runs.PerSecond, 0.1, 1.4);
        await platform.StopAsync("members");
        var before = runs.Count;
        await Eventually.TrueAsync(() => Task.FromResult(runs.Count >= before + 2), "nobody took over");
        await second.StopAsync();
    }

    [Theory, InBothShapes]
    public async Task A_job_that_fails_is_told_and_runs_again_and_so_do_the_others(Shape shape)
    {
        var (failing, fine) = (new Runs { Fails = true }, new Runs());
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: builder =>
        {
            Every(fine, TimeSpan.FromMilliseconds(300))(builder);
            builder.Services.AddKeyedSingleton("failing", failing);
            builder.Services.AddScheduledJob<MembersModule, FailingJob>("test-failing", TimeSpan.FromMilliseconds(300));
        });
        await Eventually.TrueAsync(() => Task.FromResult(failing.Count >= 2 && fine.Count >= 2), "a failing job stops jobs");

        await Eventually.TrueAsync(async () =>
            (await platform.QueryAsync<long>("members", "select failures from schedule_runs where job = 'test-failing' and failure like '%on purpose%'")) is [> 0],
            "nobody knows that it failed");
        Assert.Equal([0], await platform.QueryAsync<long>("members", "select failures from schedule_runs where job = 'test-counting'"));
        Assert.Contains(platform.Logs.Lines, line => line.Contains("test-failing failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_due_while_nobody_was_up_runs_once_at_the_next_start()
    {
        // The same for every start: another plan is another schedule, which has missed nothing.
        var (runs, dailyAt) = (new Runs(), TimeOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(5)));
        Action<WebApplicationBuilder> daily = builder =>
        {
            builder.Services.AddSingleton(runs);
            builder.Services.AddDailyJob<MembersModule, CountingJob>("test-daily", dailyAt);
        };
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, adjust: daily);
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<long>("members", "select next_fire_time from qrtz_triggers where trigger_name = 'test-daily'")).Count == 1,
            "it is not planned");
        Assert.Equal(0, runs.Count);
        await platform.StopAsync("members");
        // Down for two nights.
        await platform.ExecuteAsync("members", "update qrtz_triggers set next_fire_time = next_fire_time - 2 * 864000000000 where trigger_name = 'test-daily'");

        await using var folder = new TempFolder();
        await using var second = await SecondMembersAsync(platform, folder, daily);
        await Eventually.TrueAsync(() => Task.FromResult(runs.Count > 0), "what was missed is forgotten");
        await using (var scope = second.Services.CreateAsyncScope())
        {
            var status = (await scope.ServiceProvider.GetRequiredService<ScheduleStatus<MembersModule>>().ReadAsync(CancellationToken.None))
                .Single(job => job.Job == "test-daily");
            Assert.InRange(status.NextAt!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(4), TimeSpan.FromHours(5));
            Assert.StartsWith("daily at ", status.Plan, StringComparison.Ordinal);
        }

        Assert.Equal(1, runs.Count);
        await second.StopAsync();
    }

    [Fact]
    public async Task Jobs_go_on_after_the_database_was_away()
    {
        await using var databases = await TestDatabases.StartAsync(durable: false);
        var runs = new Runs();
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, adjust: Every(runs, TimeSpan.FromMilliseconds(500)), on: databases);
        await Eventually.TrueAsync(() => Task.FromResult(runs.Count > 0), "the job does not run");
        await databases.StopServerAsync();
        await databases.StartServerAsync();
        var before = runs.Count;
        await Eventually.TrueAsync(() => Task.FromResult(runs.Count >= before + 2), "the jobs stopped with the database");
    }

    [Fact]
    public async Task A_wrong_interval_stops_the_start_and_is_named()
    {
        await using var folder = new TempFolder();
        var databases = await (await TestDatabases.SharedAsync()).CreateAsync();
        await using var app = Members(databases, folder, builder => builder.Configuration["Schedules:close-forgotten-visits:Every"] = "often");
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());
        Assert.Contains("Schedules:close-forgotten-visits:Every", refused.Message, StringComparison.Ordinal);
    }

    private static Action<WebApplicationBuilder> Every(Runs runs, TimeSpan interval) => builder =>
    {
        builder.Services.AddSingleton(runs);
        builder.Services.AddScheduledJob<MembersModule, CountingJob>("test-counting", interval);
    };

    private static async Task<WebApplication> SecondMembersAsync(RunningPlatform platform, TempFolder folder, Action<WebApplicationBuilder> adjust)
    {
        var app = Members(platform.Databases, folder, adjust);
        await app.StartAsync();
        return app;
    }

    private static WebApplication Members(IEnumerable<KeyValuePair<string, string?>> databases, TempFolder folder, Action<WebApplicationBuilder> adjust)
    {
        var builder = PorticoApp.Configure(folder.Path, [.. databases, new("urls", "http://127.0.0.1:0")], "Testing");
        return PorticoApp.Build(PorticoApp.Deployment(["members"], builder.Configuration, folder.Path), builder, production =>
        {
            production.Logging.ClearProviders();
            adjust(production);
        });
    }

    private sealed class Runs
    {
        private readonly Lock gate = new();
        private int now;
        private long firstAt;
        private long lastAt;

        public bool Fails { get; init; }

        public int Count { get; private set; }

        public int MostAtOnce { get; private set; }

        public double PerSecond => (Count - 1) / TimeProvider.System.GetElapsedTime(firstAt, lastAt).TotalSeconds;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            lock (gate)
            {
                lastAt = TimeProvider.System.GetTimestamp();
                firstAt = Count++ == 0 ? lastAt : firstAt;
                MostAtOnce = Math.Max(MostAtOnce, ++now);
            }

            // Long enough for another instance to come in between, if it could.
            await Task.Delay(100, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (gate)
            {
                now--;
            }

            if (Fails)
            {
                throw new InvalidOperationException("on purpose");
            }
        }
    }

    private sealed class CountingJob(Runs runs) : IScheduledJob
    {
        public Task RunAsync(CancellationToken cancellationToken) => runs.RunAsync(cancellationToken);
    }

    private sealed class FailingJob([FromKeyedServices("failing")] Runs runs) : IScheduledJob
    {
        public Task RunAsync(CancellationToken cancellationToken) => runs.RunAsync(cancellationToken);
    }

    private sealed class TempFolder : IAsyncDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("portico-second-").FullName;

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
