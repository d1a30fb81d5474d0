using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portico.Tests.Behaviour.Delivery;

[Trait("Category", "Proof")]
public sealed class DatabaseOutageTests
{
    private const int Callers = 12;
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task PostgreSQL_goes_away_under_load_and_comes_back(Shape shape)
    {
        await using var databases = await TestDatabases.StartAsync(durable: false);
        await using var platform = await RunningPlatform.StartAsync(shape, on: databases);
        var admin = await platform.AdminAsync();
        var load = new Load(platform, admin);
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(number => load.RunAsync(number, stop.Token)).ToList();

        await load.SucceededAsync(times: 50);
        await databases.StopServerAsync();
        var downSince = Stopwatch.GetTimestamp();
        await load.RefusedAsync(times: 50);
        var health = await platform.Somebody().GetAsync("/healthz/ready");
        var alive = await platform.Somebody().GetAsync("/healthz/live");
        var down = Stopwatch.GetElapsedTime(downSince);
        await databases.StartServerAsync();
        var upSince = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(
            async () => (await platform.Somebody().GetAsync("/healthz/ready")).Status is HttpStatusCode.OK, "it is not ready again", within: Recovery);
        await load.SucceededAsync(times: 50, since: upSince, within: Recovery);
        await load.RefusesNoMoreAsync();
        await stop.CancelAsync();
        await Task.WhenAll(callers);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (health.Status, alive.Status));
        Assert.True(load.Odd.IsEmpty, string.Join('\n', load.Odd.Concat(platform.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)))));
        Assert.True(load.Slowest < LongestAnswer, $"an answer took {load.Slowest}, the server was down for {down}");
        await EverythingAnsweredIsThereAsync(platform, load);
    }

    private static async Task EverythingAnsweredIsThereAsync(RunningPlatform platform, Load load)
    {
        var accounts = await platform.QueryAsync<string>("auth", "select username from accounts");
        var places = await platform.QueryAsync<string>("bookings", "select name from locations");
        Assert.Empty(load.Registered.Except(accounts));
        Assert.Empty(load.Added.Except(places));
        Assert.Equal(places.Count, places.Distinct().Count());
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<string>("members", "select username from profiles")).Count == accounts.Count, "an account has no profile");
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<string>("members", "select name from locations")).Count == places.Count, "members does not know of a place");
    }
}

/// <summary>People who read, register and write with keys, and note down every answer.</summary>
internal sealed class Load(RunningPlatform platform, Person admin)
{
    private long succeeded;
    private long refused;
    private long lastRefusal;
    private long slowest;

    public ConcurrentQueue<string> Odd { get; } = [];

    public ConcurrentQueue<string> Registered { get; } = [];

    public ConcurrentQueue<string> Added { get; } = [];

    public TimeSpan Slowest => TimeSpan.FromTicks(Interlocked.Read(ref slowest));

    public async Task RunAsync(int number, CancellationToken stop)
    {
        var stranger = platform.Somebody();
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            switch ((number + turn) % 4)
            {
                case 0:
                    await NoteAsync(() => admin.GetAsync("/api/auth/me"));
                    break;
                case 1:
                    await NoteAsync(() => admin.GetAsync("/api/members/profile"));
                    break;
                case 2:
                    var name = AccountSteps.NewName("load");
                    Keep(Registered, name, await NoteAsync(() => stranger.RegisterAsync(name)));
                    break;
                default:
                    var place = AccountSteps.NewName("place");
                    Keep(Added, place, await NoteAsync(() => admin.PostAsync("/api/bookings/locations", new { name = place, time_zone = "Europe/Rome" }, place)));
                    break;
            }
        }
    }

    public Task SucceededAsync(int times) => SucceededAsync(times, Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(30));

    public Task SucceededAsync(int times, long since, TimeSpan within) => MoreAsync(() => Interlocked.Read(ref succeeded), times, within - Stopwatch.GetElapsedTime(since));

    public Task RefusedAsync(int times) => MoreAsync(() => Interlocked.Read(ref refused), times, TimeSpan.FromSeconds(60));

    /// <summary>A second without a refusal.</summary>
    public Task RefusesNoMoreAsync() => Eventually.TrueAsync(
        () => Task.FromResult(Stopwatch.GetElapsedTime(Interlocked.Read(ref lastRefusal)) > TimeSpan.FromSeconds(1)), "it goes on refusing", within: TimeSpan.FromSeconds(6));

    private static Task MoreAsync(Func<long> count, int times, TimeSpan within)
    {
        var enough = count() + times;
        return Eventually.TrueAsync(() => Task.FromResult(count() >= enough), $"not {times} more of them, {count()}", within);
    }

    private static void Keep(ConcurrentQueue<string> names, string name, Answer? answer)
    {
        if (answer is { Succeeded: true })
        {
            names.Enqueue(name);
        }
    }

    private async Task<Answer?> NoteAsync(Func<Task<Answer>> ask)
    {
        var asked = Stopwatch.GetTimestamp();
        try
        {
            var answer = await ask();
            if (answer.Succeeded)
            {
                Interlocked.Increment(ref succeeded);
            }
            else if (answer is { Status: HttpStatusCode.ServiceUnavailable, Code: not null, Headers.RetryAfter: not null })
            {
                Interlocked.Increment(ref refused);
                Interlocked.Exchange(ref lastRefusal, Stopwatch.GetTimestamp());
            }
            else
            {
                Odd.Enqueue($"{answer}");
            }

            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Odd.Enqueue($"{e.GetType().Name} {e.Message}");
            return null;
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(asked).Ticks;
            long known;
            while (took > (known = Interlocked.Read(ref slowest)) && Interlocked.CompareExchange(ref slowest, took, known) != known)
            {
            }
        }
    }
}
