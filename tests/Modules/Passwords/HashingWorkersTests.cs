using System.Globalization;
using Portico.Auth.Passwords;

namespace Portico.Tests.Modules.Passwords;

public sealed class HashingWorkersTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_queue_refuses_and_recovers()
    {
        using var workers = Setting.Workers(queueLimit: 3);
        using var held = new HeldWorker(workers);
        await held.Started;
        var waiting = Enumerable.Range(0, 3).Select(number => workers.RunAsync(() => number, Cancelled)).ToArray();

        await Assert.ThrowsAsync<HashingBusyException>(() => workers.RunAsync(() => 3, Cancelled));
        await Assert.ThrowsAsync<HashingBusyException>(() => workers.Hashing().VerifyAsync("password", "hash", Cancelled));
        await Assert.ThrowsAsync<HashingBusyException>(() => workers.Hashing().BurnAsync("password", Cancelled));

        held.Release();
        var answers = await Task.WhenAll(waiting);
        Assert.Equal([0, 1, 2], answers);
        Assert.Equal(4, await workers.RunAsync(() => 4, Cancelled));
    }

    [Fact]
    public async Task Who_gave_up_while_waiting_is_answered_at_once_and_skipped()
    {
        using var workers = Setting.Workers();
        using var held = new HeldWorker(workers);
        using var impatient = new CancellationTokenSource();
        await held.Started;
        var hashed = 0;
        var given = workers.RunAsync(() => ++hashed, impatient.Token);
        var kept = workers.RunAsync(() => ++hashed, Cancelled);

        await impatient.CancelAsync();
        var refusal = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.True(refusal.CancellationToken.IsCancellationRequested);
        held.Release();

        Assert.Equal(1, await kept);
    }

    [Fact]
    public async Task Who_comes_cancelled_is_not_hashed()
    {
        using var workers = Setting.Workers();
        var hashed = false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => workers.RunAsync(() => hashed = true, new CancellationToken(canceled: true)));

        await workers.RunAsync(() => true, Cancelled);
        Assert.False(hashed);
    }

    [Fact]
    public async Task A_failure_reaches_its_caller_and_leaves_the_worker_working()
    {
        using var workers = Setting.Workers();

        await Assert.ThrowsAsync<InvalidOperationException>(() => workers.RunAsync<int>(() => throw new InvalidOperationException(), Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => workers.Hashing().HashAsync(new string('a', 73), Cancelled));

        Assert.Equal(1, await workers.RunAsync(() => 1, Cancelled));
    }

    [Fact]
    public async Task As_many_run_at_once_as_there_are_workers()
    {
        using var workers = Setting.Workers(workers: 3);
        using var together = new Barrier(3);

        var met = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => workers.RunAsync(() => together.SignalAndWait(TimeSpan.FromSeconds(30)), Cancelled)));

        Assert.All(met, Assert.True);
    }

    [Fact]
    public async Task A_stop_finishes_the_running_job_answers_the_waiting_and_refuses_new_ones()
    {
        var workers = Setting.Workers();
        using var held = new HeldWorker(workers);
        await held.Started;
        var hashed = false;
        var waiting = workers.RunAsync(() => hashed = true, Cancelled);

        var stop = Task.Run(workers.Dispose, Cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(stop.IsCompleted);
        held.Release();
        await stop;

        Assert.False(hashed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => workers.RunAsync(() => 1, Cancelled));
    }

    [Fact]
    public async Task The_threads_give_way_to_every_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has nice values of threads.");
        using var workers = Setting.Workers();

        var (status, pool) = await workers.RunAsync(
            () => (File.ReadAllText("/proc/thread-self/stat"), Thread.CurrentThread.IsThreadPoolThread), Cancelled);

        // The 19th field, the 17th after the name, which may itself hold spaces.
        Assert.InRange(int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture), 10, 19);
        Assert.False(pool);
    }

    private sealed class HeldWorker : IDisposable
    {
        private readonly ManualResetEventSlim gate = new();
        private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldWorker(HashingWorkers workers) => _ = workers.RunAsync(
            () =>
            {
                started.SetResult();
                return gate.Wait(TimeSpan.FromSeconds(30));
            },
            CancellationToken.None);

        public Task Started => started.Task;

        public void Release() => gate.Set();

        public void Dispose() => Release();
    }
}
