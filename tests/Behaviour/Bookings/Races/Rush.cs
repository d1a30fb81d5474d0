using System.Diagnostics;
using System.Globalization;

namespace Portico.Tests.Behaviour.Bookings.Races;

/// <summary>
/// A crowd before two processes of Bookings that share a database: every other one calls the one, the rest the other. Nothing
/// happens by the clock but what a race does.
/// </summary>
public sealed class Rush : IAsyncDisposable
{
    private const int Enough = 1000;
    private static readonly TimeSpan LongAgo = TimeSpan.FromDays(2);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private readonly List<Person> people = [];
    private readonly List<TimeSpan[]> rounds = [];
    private readonly Uri[] processes;
    private DateTimeOffset signedInAt;

    private Rush(RunningPlatform platform, Uri[] processes, Person admin, Guid place) =>
        (Platform, this.processes, Admin, Place, signedInAt) = (platform, processes, admin, place, platform.Clock.GetUtcNow());

    public RunningPlatform Platform { get; }

    public Person Admin { get; }

    /// <summary>A location that never closes.</summary>
    public Guid Place { get; }

    /// <summary>Races move the clock by hours, and who signed in days ago has to do so again.</summary>
    public bool IsLongAgo => Platform.Clock.GetUtcNow() - TimeProvider.System.GetUtcNow() > LongAgo;

    /// <summary>Where the two processes listen.</summary>
    public IReadOnlyList<Uri> Processes => processes;

    public static async Task<Rush> StartAsync(Shape shape)
    {
        var platform = await RunningPlatform.StartAsync(shape, BookingSteps.ByHand);
        Uri[] processes = [platform.AddressOf("bookings"), await platform.StartAnotherAsync("bookings")];
        return new(platform, processes, (await platform.AdminAsync()).At(processes[1]), await platform.AddOpenPlaceAsync());
    }

    /// <summary>So many members, each at one of the processes.</summary>
    public async Task<IReadOnlyList<Person>> CrowdAsync(int count)
    {
        if (people.Count < count)
        {
            var newcomers = await Platform.MembersAsync(count - people.Count);
            people.AddRange(newcomers.Select((person, index) => person.At(processes[(people.Count + index) % processes.Length])));
            await PractiseAsync();
        }

        return people[..count];
    }

    /// <summary>For races that move the clock by days: everybody signs in again before their session runs out.</summary>
    public async Task KeepSignedInAsync()
    {
        var now = Platform.Clock.GetUtcNow();
        if (now - signedInAt < LongAgo)
        {
            return;
        }

        foreach (var person in people.Append(Admin))
        {
            person.Token = (await Platform.Somebody().LoginAsync(person.Username, person.Password)).Token;
        }

        signedInAt = now;
    }

    /// <summary>Somebody of the crowd at the other process.</summary>
    public Person Elsewhere(Person person, int turn) => person.At(processes[turn % processes.Length]);

    /// <summary>All of it at once. Nobody is answered that something went wrong on our side.</summary>
    public async Task<Answer[]> AtOnceAsync(IEnumerable<Func<Task<Answer>>> asks)
    {
        var answers = await Task.WhenAll(asks.Select(TimedAsync));
        rounds.Add([.. answers.Select(answer => answer.Took)]);
        Assert.True(answers.All(answer => (int)answer.Answer.Status < 500), WhatWentWrong(answers));
        return [.. answers.Select(answer => answer.Answer)];
    }

    // With how long everybody waited and what the log says: whether one waited for another or all for the machine.
    private string WhatWentWrong(IEnumerable<(Answer Answer, TimeSpan Took)> answers) => string.Join(
        '\n', answers.OrderBy(answer => answer.Took).Select(answer => string.Create(CultureInfo.InvariantCulture, $"{answer.Took.TotalMilliseconds:0} ms: {answer.Answer}"))
            .Concat(Platform.Logs.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal)).TakeLast(20)));

    /// <summary>What has to be true after every race, and how long people waited in it.</summary>
    public async Task EndAsync(ITestOutputHelper output)
    {
        await Platform.InvariantsHoldAsync();
        var errors = Platform.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        var (sorted, later) = (Sorted(rounds), Sorted(rounds.Skip(1)));
        var (median, p99, worst) = (sorted[sorted.Count / 2], P99(sorted), rounds.Index().MaxBy(round => round.Item.Max()));
        rounds.Clear();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sorted.Count} answers: median {median.TotalMilliseconds:f0} ms, p99 {p99.TotalMilliseconds:f0} ms, slowest {worst.Item.Max().TotalMilliseconds:f0} ms in round {worst.Index + 1}; p99 without the first round {P99(later).TotalMilliseconds:f0} ms"));
        // Of a few answers it is the slowest one: that says how busy the machine is.
        Assert.True(sorted.Count < Enough || p99 < Slow, $"p99 of {sorted.Count} answers is {p99}");
    }

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    /// <summary>
    /// A race is between processes that serve already: the first crowd of a new one waits about four seconds, nearly all of it
    /// for code that is compiled under its feet, and that is no figure of the race.
    /// </summary>
    private async Task PractiseAsync()
    {
        var (room, slot) = (await Admin.AddSpaceAsync(Place), Platform.Hour());
        var answers = await Task.WhenAll(people.Select(person => person.HoldAsync(room, slot, slot.AddHours(1))));
        Assert.Single(answers, answer => answer.Status is HttpStatusCode.Created);
    }

    private static List<TimeSpan> Sorted(IEnumerable<TimeSpan[]> rounds) => [.. rounds.SelectMany(round => round).Order()];

    private static TimeSpan P99(List<TimeSpan> sorted) => sorted[(int)(sorted.Count * 0.99)];

    private static async Task<(Answer Answer, TimeSpan Took)> TimedAsync(Func<Task<Answer>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        return (await ask(), Stopwatch.GetElapsedTime(started));
    }
}

/// <summary>
/// One rush per shape for all races: they keep to spaces of their own, and only the clock goes on for all of them. Nothing runs
/// beside them, since they are timed.
/// </summary>
[CollectionDefinition(nameof(Rushes), DisableParallelization = true)]
public sealed class Rushes : ICollectionFixture<Rushes>, IAsyncDisposable
{
    private readonly Dictionary<Shape, Rush> started = [];

    public async Task<Rush> InAsync(Shape shape)
    {
        if (started.TryGetValue(shape, out var rush))
        {
            if (!rush.IsLongAgo)
            {
                return rush;
            }

            started.Remove(shape);
            await rush.DisposeAsync();
        }

        return started[shape] = await Rush.StartAsync(shape);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var rush in started.Values)
        {
            await rush.DisposeAsync();
        }
    }
}
