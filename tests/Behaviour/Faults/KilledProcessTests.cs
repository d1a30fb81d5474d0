using System.Globalization;

namespace Portico.Tests.Behaviour.Faults;

[Trait("Category", "Proof")]
public sealed class KilledProcessTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 10;
    private const int Regulars = 20;
    // Against what hangs. Beside other tests the ten rounds take four minutes.
    private const int LongestMilliseconds = 600_000;

    private readonly ProcessFolder folder = new();
    private readonly List<Visitor> visitors = [];
    private readonly Dictionary<Guid, int> attended = [];

    [Fact(Timeout = LongestMilliseconds)]
    public async Task Whatever_was_answered_before_kill_9_is_there_afterwards_and_nothing_is_there_twice()
    {
        // PORTICO_TEST_SEED plays a run again, as far as chance lets it.
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PORTICO_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var random = new Random(seed);
        var unanswered = 0;
        var portico = Serve();
        try
        {
            var caller = new Caller(await portico.AddressAsync());
            var adminToken = await caller.SignAdminInAsync(portico);
            var place = await caller.AddPlaceAsync(adminToken);
            for (var round = 1; round <= Rounds; round++)
            {
                // Where seats are counted a scan takes another way through the database.
                var evening = await caller.PlanEventAsync(adminToken, place, capacity: round % 2 == 0 ? 1000 : null);
                var code = await caller.CodeOfAsync(adminToken, evening);
                var (answers, withDatabase) = (random.Next(5, 150), random.Next(2) == 0);
                var crowd = new Crowd(caller, code, visitors.TakeLast(Regulars), answers, () => KillAsync(portico, withDatabase));
                await crowd.RunAsync();
                unanswered += crowd.Unanswered;
                output.WriteLine($"seed {seed}, round {round}: killed{(withDatabase ? " with its database server" : "")} after {answers} answers, {crowd.Unanswered} on their way");
                visitors.AddRange(crowd.Newcomers);
                attended[evening] = crowd.Scans.Count;

                await portico.DisposeAsync();
                caller.Dispose();
                portico = Serve();
                caller = new Caller(await portico.AddressAsync());
                var reckoning = new Reckoning(caller, crowd, code);
                await reckoning.AccountsAsync();
                await reckoning.ScansAsync();
                await reckoning.ProfilesAsync();
                await reckoning.AttendanceAsync(adminToken, evening);
                await NothingIsTwiceAsync();
            }

            caller.Dispose();
            Assert.Equal(0, await portico.TerminateAsync());
            Assert.True(unanswered >= Rounds, $"only {unanswered} were on their way when it was killed");
        }
        finally
        {
            await portico.DisposeAsync();
        }
    }

    public void Dispose() => folder.Dispose();

    private PorticoExecutable Serve() => PorticoExecutable.Start(Crowd.Settings, "serve", "all", "--data", folder.Path, "--urls", "http://127.0.0.1:0");

    private async Task KillAsync(PorticoExecutable portico, bool withDatabase)
    {
        var killed = portico.KillAsync();
        if (withDatabase)
        {
            folder.KillDatabaseServer();
        }

        await killed;
    }

    /// <summary>Of all rounds so far: a profile for each account, a fact heard once, an attendance for each who scanned.</summary>
    private async Task NothingIsTwiceAsync()
    {
        await Eventually.TrueAsync(
            async () =>
            {
                var waiting = await Task.WhenAll(((string[])["auth", "members", "bookings"]).Select(module => folder.QueryAsync<long>(module, "select count(*) from outbox")));
                return waiting.Sum(count => count.Single()) == 0;
            },
            "a fact is not delivered");
        var accounts = await folder.QueryAsync<string>("auth", "select id || ' ' || username from accounts order by id");
        Assert.Equal(accounts, await folder.QueryAsync<string>("members", "select id || ' ' || username from profiles order by id"));
        Assert.Equal(accounts, await folder.QueryAsync<string>("bookings", "select id || ' ' || username from people order by id"));
        Assert.Equal(visitors.Select(visitor => $"{visitor.Id} {visitor.Name}").Order(), accounts.Where(account => !account.EndsWith(" admin", StringComparison.Ordinal)).Order());
        Assert.Equal([accounts.Count], await folder.QueryAsync<int>("members", "select count(*)::int from inbox where consumer = 'CreateProfile'"));
        var attendances = await folder.QueryAsync<(Guid Event, int Members, int? Seats)>(
            "members", "select event_id, count(distinct member_id)::int, max(seats_taken) from attendance join events on id = event_id group by event_id");
        Assert.Equal(attended.OrderBy(evening => evening.Key), attendances.Select(evening => KeyValuePair.Create(evening.Event, evening.Members)).OrderBy(evening => evening.Key));
        Assert.All(attendances, evening => Assert.Equal(evening.Members, evening.Seats ?? evening.Members));
        Assert.Equal([0], await folder.QueryAsync<int>("members", "select count(*)::int from attendance_changes"));
    }
}
