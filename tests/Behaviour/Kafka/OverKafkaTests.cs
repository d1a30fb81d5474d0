using Microsoft.Extensions.DependencyInjection;
using Portico.Auth;
using Portico.Platform.Messaging.Kafka;
using Portico.Tests.Behaviour.Analytics;
using Portico.Tests.Behaviour.Bookings;
using Portico.Tests.Behaviour.Delivery;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Kafka;

[Trait("Category", "Proof")]
public sealed class OverKafkaTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Facts_reach_every_module_once_and_in_order_and_what_nobody_can_take_is_a_dead_letter(Shape shape)
    {
        using var kafka = KafkaCluster.Start();
        var patient = new Listener.Patient();
        await using var platform = await RunningPlatform.StartAsync(shape, kafka.Settings, ListenerSteps.Listening(patient));
        await platform.MakeTableAsync();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        await platform.HearsAsync(2);

        // In order for each person, and each fact once.
        var people = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7()).ToList();
        await platform.PublishAsync(Enumerable.Range(0, 4).SelectMany(nth => people.Select(person => ListenerSteps.Fact(person, $"fact-{nth}"))));
        await platform.HearsAsync(202);
        var heard = (await platform.HeardAsync()).ToLookup(fact => fact.Key, fact => fact.Name);
        Assert.All(people, person => Assert.Equal(["fact-0", "fact-1", "fact-2", "fact-3"], heard[person]));

        // Told again, as by a relay that died before it could note that Kafka had it.
        var ids = await platform.QueryAsync<Guid>("members", "select event_id from inbox where consumer = 'Listener'");
        Assert.Equal(202, ids.Count);
        foreach (var id in ids.Take(20))
        {
            await platform.TellAgainAsync(id, ListenerSteps.Fact(people[0], "again"));
        }

        var last = ListenerSteps.Fact(people[0], "last");
        await platform.PublishAsync(last);
        await platform.HearsAsync(203);
        Assert.Equal(["fact-0", "fact-1", "fact-2", "fact-3", "last"], (await platform.HeardAsync()).Where(fact => fact.Key == people[0]).Select(fact => fact.Name));

        // What a module cannot digest steps aside, with the reason; what is said later of the same person goes on.
        await platform.PublishAsync(ListenerSteps.Fact(people[0], "poison", "poison"), ListenerSteps.Fact(people[0], "after poison"));
        await platform.HearsAsync(204);
        var box = platform.Hosting<AuthModule>().GetRequiredService<DeadLetterBox>();
        var letter = Assert.Single(await Eventually.NotNullAsync(
            () => Task.FromResult(box.List("users") is { Count: > 0 } letters ? letters : null), "it is no dead letter"));
        Assert.Equal(("users", "members", "user.registered"), (letter.Topic, letter.Module, letter.Type));
        Assert.Equal("InvalidOperationException: This fact cannot be digested.", letter.Reason);
        Assert.Equal(5, patient.Attempts[people[0]] - 6);
        patient.Cured = true;
        Assert.Equal(1, await box.ResendAsync("users", CancellationToken.None));
        await platform.HearsAsync(205);
        Assert.Equal(["after poison", "poison"], (await platform.HeardAsync()).TakeLast(2).Select(fact => fact.Name));
        Assert.Empty(box.List("users"));

        // The others have heard it too, and what they say goes the same way.
        await anna.OwesAsync(12.5m);
        await anna.PayAsync();
        await Eventually.TrueAsync(async () => (await admin.StatsAsync()) == (1, 12.5m, 1, 2, 1), "the money is not counted");
        await platform.NumbersAgreeAsync();
        await Eventually.TrueAsync(async () => await platform.LagAsync("members") == 0, "the lag is not told");
    }

    [Fact]
    public async Task What_is_said_while_Kafka_or_a_module_is_away_arrives_once()
    {
        using var kafka = KafkaCluster.Start();
        await using var platform = await RunningPlatform.StartAsync(Shape.ProcessPerModule, kafka.Settings, ListenerSteps.Listening());
        await platform.MakeTableAsync();
        var people = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToList();
        var said = 0;

        await SayAsync("before");
        await platform.HearsAsync(said);
        kafka.GoAway();
        await SayAsync("without Kafka");
        await Eventually.TrueAsync(
            () => Task.FromResult(platform.Logs.Lines.Any(line => line.Contains("Kafka does not answer", StringComparison.Ordinal))), "nobody notices");
        await SayAsync("still without Kafka");
        kafka.ComeBack();
        await platform.HearsAsync(said);

        await platform.StopAsync("members");
        await SayAsync("without Members");
        await platform.AllToldAsync("auth");
        await platform.StartAgainAsync("members");
        await platform.HearsAsync(said);
        var heard = (await platform.HeardAsync()).ToLookup(fact => fact.Key, fact => fact.Name);
        Assert.All(people, person => Assert.Equal(["before", "without Kafka", "still without Kafka", "without Members"], heard[person]));

        Task SayAsync(string what)
        {
            said += people.Count;
            return platform.PublishAsync(people.Select(person => ListenerSteps.Fact(person, what)));
        }
    }
}
