using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Bookings;
using Portico.Platform.Schedules;

namespace Portico.Tests.Behaviour.Schedules;

public sealed class RunNowTests
{
    private const string Jobs = "/api/bookings/admin/jobs";

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Administrators_see_the_jobs_of_every_module_and_run_them(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (admin, manager) = (await platform.AdminAsync(), await platform.ManagerAsync());
        foreach (var (module, job) in ((string, string)[])[("auth", "purge-expired"), ("members", "reconcile-accounts"), ("bookings", "remind")])
        {
            var jobs = $"/api/{module}/admin/jobs";
            await Eventually.TrueAsync(async () => await FindAsync(admin, jobs, job) is not null, $"{job} is not planned");
            var before = (await FindAsync(admin, jobs, job))!.Value.GetProperty("runs").GetInt64();

            var asked = await admin.PostAsync($"{jobs}/{job}/run");
            // Those that run at the start may do so now.
            if (asked.Status is not HttpStatusCode.Conflict)
            {
                asked.Expect(HttpStatusCode.Accepted);
                Assert.Equal((job, false, jobs), (asked.Text("job"), asked["waits"].GetBoolean(), asked.Text("status_at")));
                await Eventually.TrueAsync(async () => (await FindAsync(admin, jobs, job))!.Value.GetProperty("runs").GetInt64() > before, $"{job} does not run");
            }

            (await admin.PostAsync($"{jobs}/mow-the-lawn/run")).Expect(HttpStatusCode.NotFound, "job-unknown");
            (await manager.GetAsync(jobs)).Expect(HttpStatusCode.Forbidden);
            (await manager.PostAsync($"{jobs}/{job}/run")).Expect(HttpStatusCode.Forbidden);
        }

        Assert.NotNull(await FindAsync(admin, "/admin/jobs", "expire-lapsed"));
        Assert.All(
            (await admin.GetAsync(Jobs)).Json.EnumerateArray(),
            job => Assert.Matches("^every |^daily at ", job.GetProperty("plan").GetString()));
    }

    [Fact]
    public async Task However_many_ask_whichever_process_it_runs_once_and_never_beside_itself()
    {
        var gate = new Gate();
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, adjust: Slow(gate));
        await using var second = await SecondBookings.StartAsync(platform, Slow(gate));
        var admin = await platform.AdminAsync();
        var there = new Person(platform, second.Address) { Token = admin.Token };
        await Eventually.TrueAsync(async () => await FindAsync(admin, Jobs, "test-slow") is not null, "it is not planned");

        await admin.RunAsync(Accepted);
        await gate.EnteredAsync(1);
        Assert.True((await FindAsync(admin, Jobs, "test-slow"))!.Value.GetProperty("running").GetBoolean());
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 20).Select(nth => (nth % 2 == 0 ? admin : there).PostAsync($"{Jobs}/test-slow/run"))),
            answer => answer.Expect(HttpStatusCode.Conflict, "job-running"));
        gate.LetOneGo();
        await RanAsync(platform, 1);
        await NothingWaitsAsync(platform);

        // Both processes are asked at once: what they ask for is one run, or one after the other.
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(nth => (nth % 2 == 0 ? admin : there).PostAsync($"{Jobs}/test-slow/run")));
        Assert.Contains(asked, answer => answer.Status is HttpStatusCode.Accepted);
        Assert.All(asked, answer => Assert.True(answer.Status is HttpStatusCode.Accepted || answer.Code == "job-running", answer.ToString()));
        await gate.EnteredAsync(2);
        gate.LetAllGo();
        await NothingWaitsAsync(platform);
        Assert.Equal(1, gate.MostAtOnce);
        Assert.InRange(gate.Entered, 2, 3);
    }

    [Fact]
    public async Task A_process_that_runs_no_jobs_writes_the_wish_down_for_one_that_does()
    {
        var gate = new Gate();
        gate.LetAllGo();
        await using var platform = await RunningPlatform.StartAsync(
            Shape.ProcessPerModule, new() { ["Schedules:Enabled"] = "false" }, Slow(gate));
        var admin = await platform.AdminAsync();
        Assert.Empty((await admin.GetAsync(Jobs)).Expect(HttpStatusCode.OK).Json.EnumerateArray());
        Assert.True((await admin.RunAsync(Accepted))["waits"].GetBoolean());
        Assert.True((await admin.RunAsync(Accepted))["waits"].GetBoolean());
        Assert.Equal(0, gate.Entered);

        await using var second = await SecondBookings.StartAsync(platform, Slow(gate));
        await NothingWaitsAsync(platform);
        await RanAsync(platform, 1);
        await Eventually.TrueAsync(async () => !(await admin.RunAsync(Accepted))["waits"].GetBoolean(), "nobody knows that somebody is up");
        await Eventually.TrueAsync(() => Task.FromResult(gate.Entered >= 2), "it does not run again", TimeSpan.FromSeconds(60));
    }

    private static async Task<JsonElement?> FindAsync(Person admin, string jobs, string job) =>
        (await admin.GetAsync(jobs)).Expect(HttpStatusCode.OK).Json.EnumerateArray()
        .Where(status => status.GetProperty("job").GetString() == job).Select(status => (JsonElement?)status).SingleOrDefault();

    private static Task RanAsync(RunningPlatform platform, long times) => Eventually.TrueAsync(
        async () => (await platform.QueryAsync<long>("bookings", "select runs from schedule_runs where job = 'test-slow'")).SingleOrDefault() == times,
        $"it does not run {times} times");

    private static Task NothingWaitsAsync(RunningPlatform platform) => Eventually.TrueAsync(
        async () => (await platform.QueryAsync<long>(
            "bookings",
            """
            select (select count(*) from qrtz_triggers where trigger_name = 'test-slow' and trigger_group <> 'portico')
                 + (select count(*) from qrtz_fired_triggers where job_name = 'test-slow')
            """)).Single() == 0,
        "a run is left over");

    private const HttpStatusCode Accepted = HttpStatusCode.Accepted;

    private static Action<WebApplicationBuilder> Slow(Gate gate) => builder =>
    {
        builder.Services.AddSingleton(gate);
        // By the clock it does not come in between.
        builder.Services.AddDailyJob<BookingsModule, SlowJob>("test-slow", TimeOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(5)));
    };

    private sealed class SlowJob(Gate gate) : IScheduledJob
    {
        public Task RunAsync(CancellationToken cancellationToken) => gate.PassAsync(cancellationToken);
    }

    /// <summary>Jobs stand before it until the test lets them go on.</summary>
    private sealed class Gate
    {
        private readonly SemaphoreSlim open = new(0);
        private int entered;
        private int inside;

        public int Entered => Volatile.Read(ref entered);

        public int MostAtOnce { get; private set; }

        public void LetOneGo() => open.Release();

        public void LetAllGo() => open.Release(1000);

        public Task EnteredAsync(int times) => Eventually.TrueAsync(() => Task.FromResult(Entered >= times), $"it does not begin {times} times");

        public async Task PassAsync(CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref inside));
            Interlocked.Increment(ref entered);
            await open.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref inside);
        }
    }
}

file static class RunNowSteps
{
    public static async Task<Answer> RunAsync(this Person admin, HttpStatusCode status) =>
        (await admin.PostAsync("/api/bookings/admin/jobs/test-slow/run")).Expect(status);
}
