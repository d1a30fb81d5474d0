using System.Collections.Concurrent;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Somebody who asked for an account.</summary>
internal sealed class Visitor(string name)
{
    public string Name => name;

    /// <summary>Null as long as nobody answered.</summary>
    public Guid? Id { get; set; }

    public string Token { get; set; } = "";
}

/// <summary>A scan that was sent, and its answer; null when none came.</summary>
internal sealed record SentScan(Visitor Visitor, string? Key)
{
    public Answer? Answer { get; set; }
}

/// <summary>
/// People who register and scan the code of one event until nobody answers any more, and what they were told. After so many
/// answers, while others are on their way, <paramref name="strike"/> makes an end of it.
/// </summary>
internal sealed class Crowd(Caller caller, string code, IEnumerable<Visitor> regulars, int answersUntilStrike, Func<Task> strike)
{
    private const int Clients = 8;

    /// <summary>For a process that a crowd comes to.</summary>
    public static readonly IReadOnlyDictionary<string, string?> Settings = new Dictionary<string, string?>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Testing",
        ["RateLimiting:Enabled"] = "false",
        ["Modules:Auth:Passwords:Cost"] = "4",
        // The nightly comparison would mend what a message lost.
        ["Schedules:Enabled"] = "false",
    };

    private readonly ConcurrentQueue<Visitor> regulars = new(regulars);
    private Task struck = Task.CompletedTask;
    private int answered;

    public ConcurrentQueue<Visitor> Newcomers { get; } = [];

    public ConcurrentQueue<SentScan> Scans { get; } = [];

    /// <summary>How many registrations and scans were sent and never answered.</summary>
    public int Unanswered { get; private set; }

    public async Task RunAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(ComeAndScanAsync));
        await struck;
        Unanswered = Newcomers.Count(visitor => visitor.Id is null) + Scans.Count(scan => scan.Answer is null);
    }

    private async Task ComeAndScanAsync(int number)
    {
        try
        {
            for (var turn = number; ; turn++)
            {
                var visitor = turn % 3 == 0 && regulars.TryDequeue(out var regular) ? regular : await RegisterAsync();
                await ScanAsync(new(visitor, turn % 2 == 0 ? null : $"{Guid.CreateVersion7()}"));
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Nobody is there any more.
        }
    }

    private async Task<Visitor> RegisterAsync()
    {
        var visitor = new Visitor(AccountSteps.NewName("visitor"));
        Newcomers.Enqueue(visitor);
        var answer = (await caller.RegisterAsync(visitor.Name)).Expect(HttpStatusCode.Created);
        (visitor.Id, visitor.Token) = (answer.Id, answer.Text("token"));
        Count();
        return visitor;
    }

    private async Task ScanAsync(SentScan scan)
    {
        Scans.Enqueue(scan);
        scan.Answer = (await caller.ScanAsync(scan.Visitor.Token, code, scan.Key)).Expect(HttpStatusCode.OK);
        Count();
    }

    private void Count()
    {
        if (Interlocked.Increment(ref answered) == answersUntilStrike)
        {
            struck = strike();
        }
    }
}
