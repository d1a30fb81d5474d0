using System.Collections.Concurrent;
using System.Diagnostics;
using Portico.Tests.Behaviour.Analytics;
using Portico.Tests.Behaviour.Delivery;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Kafka;

/// <summary>
/// Over a Kafka that keeps what it was given. It is 0.9: headers, idempotent producers and topics that are made at start are not
/// proved by it.
/// </summary>
[Trait("Category", "Proof")]
public sealed class RealKafkaTests
{
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_broker_that_is_killed_and_started_again_loses_nothing_and_tells_nothing_twice(Shape shape)
    {
        await using var kafka = await KafkaServer.StartedAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, kafka.Settings);
        var admin = await platform.AdminAsync();
        var members = await platform.MembersAsync(5);
        var made = members.ToDictionary(member => member.Id, _ => new List<Guid>());

        for (var round = 0; round < Rounds; round++)
        {
            var working = Task.WhenAll(members.Select(OweAsync));
            (await platform.Somebody().RegisterAsync(AccountSteps.NewName())).Expect(HttpStatusCode.Created);
            await kafka.KillAsync();
            await working;
            await Task.WhenAll(members.Select(OweAsync));
            (await platform.Somebody().RegisterAsync(AccountSteps.NewName())).Expect(HttpStatusCode.Created);
            await kafka.StartAsync();
            await Task.WhenAll(members.Select(OweAsync));
        }

        await Eventually.TrueAsync(
            async () => await admin.StatsAsync() == (Rounds * 75, Rounds * 75m, 0, Rounds * 75, 5), "what was owed is not counted", Patience);
        await platform.NumbersAgreeAsync();
        // Nothing lacks in any module, and nothing is there twice.
        await platform.DoAsync(kafka, "verify", "--wait", "60");
        var counted = await InOrderAsync("analytics", "select key, (payload->>'transaction_id')::uuid from facts where type = 'transaction.created' order by position");
        var recorded = await InOrderAsync("activity", "select subject, (after->>'transaction_id')::uuid from audit.records where type = 'transaction.created' order by number");
        Assert.All(made, member => Assert.Equal(member.Value, counted[member.Key]));
        Assert.All(made, member => Assert.Equal(member.Value, recorded[member.Key]));

        async Task<ILookup<Guid, Guid>> InOrderAsync(string module, string sql) =>
            (await platform.QueryAsync<(Guid Member, Guid Transaction)>(module, sql)).ToLookup(fact => fact.Member, fact => fact.Transaction);

        async Task OweAsync(Person member)
        {
            for (var nth = 0; nth < 5; nth++)
            {
                made[member.Id].Add(await member.OwesAsync(1));
            }
        }
    }

    [Fact]
    public async Task A_module_that_ends_while_Kafka_is_away_ends_in_time_and_goes_on_where_it_was()
    {
        await using var kafka = await KafkaServer.StartedAsync();
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, kafka.Settings, ListenerSteps.Listening());
        await platform.MakeTableAsync();
        var people = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToList();
        await SayAsync("before");
        await platform.HearsAsync(50);

        await kafka.KillAsync();
        var ending = Stopwatch.StartNew();
        await platform.StopAsync("members");
        Assert.InRange(ending.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await SayAsync("without both");
        await kafka.StartAsync();
        await SayAsync("without Members");
        await platform.StartAgainAsync("members");
        await platform.HearsAsync(150);
        var heard = (await platform.HeardAsync()).ToLookup(fact => fact.Key, fact => fact.Name);
        Assert.All(people, person => Assert.Equal(["before", "without both", "without Members"], heard[person]));

        Task SayAsync(string what) => platform.PublishAsync(people.Select(person => ListenerSteps.Fact(person, what)));
    }

    [Fact]
    public async Task What_the_topics_hold_can_be_counted_and_heard_again()
    {
        await using var kafka = await KafkaServer.StartedAsync();
        var told = new ConcurrentDictionary<Guid, int>();
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, kafka.Settings, ListenerSteps.Listening() + KafkaSteps.CountingTold(told));
        await platform.MakeTableAsync();
        var (admin, anna, bruno) = (await platform.AdminAsync(), await platform.MemberAsync(), await platform.MemberAsync());
        await admin.OpenPlaceAsync();
        await anna.OwesAsync(12.5m);
        await anna.PayAsync();
        await bruno.OwesAsync(7);
        await Eventually.TrueAsync(async () => await admin.StatsAsync() == (2, 19.5m, 1, 3, 2), "the money is not counted", Patience);
        await Eventually.TrueAsync(async () => await platform.LagAsync("analytics") == 0, "not everything is heard", Patience);
        var numbers = await platform.NumbersAsync();

        // While somebody counts.
        var counted = await platform.DoAsync(kafka, "analytics", "rebuild");
        Assert.Equal(numbers, await platform.NumbersAsync());
        var (code, _, errors) = await platform.RunAsync(kafka, "events", "replay", "analytics");
        Assert.NotEqual(0, code);
        Assert.Contains("stop the module's processes first", errors, StringComparison.Ordinal);

        // A database from before all of that, as a backup would give it.
        await platform.StopAsync("analytics");
        await platform.ForgetCountedAsync();
        Assert.Equal(counted, await platform.DoAsync(kafka, "analytics", "rebuild"));
        Assert.Equal(numbers, await platform.NumbersAsync());

        await platform.ForgetCountedAsync();
        Assert.EndsWith("messages to be heard again", await platform.DoAsync(kafka, "events", "replay", "analytics"), StringComparison.Ordinal);
        await platform.StartAgainAsync("analytics");
        await Eventually.TrueAsync(async () => await platform.NumbersAsync() == numbers, "what was told is not heard again", Patience);

        // And one that knows it all changes nothing.
        await platform.StopAsync("analytics");
        await platform.DoAsync(kafka, "events", "replay", "analytics");
        await platform.StartAgainAsync("analytics");
        await anna.OwesAsync(1);
        await Eventually.TrueAsync(async () => await admin.StatsAsync() == (3, 20.5m, 1, 4, 2), "it does not go on", Patience);
        await platform.NumbersAgreeAsync();
        await platform.StopAsync("members");
        await platform.DoAsync(kafka, "events", "replay", "members");
        await platform.StartAgainAsync("members");
        await Eventually.TrueAsync(() => Task.FromResult(told.Values.All(times => times == 2)), "not everything is told again", Patience);
        Assert.Equal(told.Count, (await platform.HeardAsync()).Count);
    }

    [Fact]
    public async Task What_a_module_cannot_take_is_listed_and_told_again()
    {
        await using var kafka = await KafkaServer.StartedAsync();
        var patient = new Listener.Patient();
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, kafka.Settings, ListenerSteps.Listening(patient));
        await platform.MakeTableAsync();
        var (person, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await platform.PublishAsync(ListenerSteps.Fact(person, "poison", "poison"), ListenerSteps.Fact(person, "after poison"), ListenerSteps.Fact(other, "other"));
        await platform.HearsAsync(2);

        Assert.Matches(@"^\d+:\d+  [0-9a-f-]{36}  user\.registered ", await platform.DoAsync(kafka, "events", "dead", "users"));
        patient.Cured = true;
        Assert.Equal("1 told again", await platform.DoAsync(kafka, "events", "resend", "users"));
        await platform.HearsAsync(3);
        Assert.Equal(["after poison", "poison"], (await platform.HeardAsync()).Where(fact => fact.Key == person).Select(fact => fact.Name));
        Assert.Equal("", await platform.DoAsync(kafka, "events", "dead", "users"));
        Assert.Equal("0 told again", await platform.DoAsync(kafka, "events", "resend", "users"));
    }
}
