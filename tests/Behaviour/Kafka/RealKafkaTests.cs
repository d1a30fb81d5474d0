using Portico.Tests.Behaviour.Analytics;
using Portico.Tests.Behaviour.Delivery;
using Portico.Tests.Behaviour.Payments;

namespace Portico.Tests.Behaviour.Kafka;

[Trait("Category", "Proof")]
public sealed class RealKafkaTests
{
    private const int Rounds = 5;

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_broker_that_is_killed_and_started_again_and_again_loses_nothing_and_tells_nothing_twice(Shape shape)
    {
        await using var kafka = await RealKafka.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(shape, kafka.Settings, ListenerSteps.Listening());
        await platform.MakeTableAsync();
        platform.HaveTopicsMade();
        var (admin, anna) = (await platform.AdminAsync(), await platform.MemberAsync());
        var people = Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7()).ToList();
        await platform.HearsAsync(2);
        var said = 2;

        for (var round = 0; round < Rounds; round++)
        {
            await SayAsync($"{round} before");
            await anna.OwesAsync(10);
            await kafka.GoAwayAsync();
            await SayAsync($"{round} without");
            await anna.OwesAsync(10);
            await kafka.ComeBackAsync();
            await SayAsync($"{round} after");
            await platform.HearsAsync(said);
        }

        var heard = (await platform.HeardAsync()).ToLookup(fact => fact.Key, fact => fact.Name);
        List<string> all = [.. Enumerable.Range(0, Rounds).SelectMany(round => (string[])[$"{round} before", $"{round} without", $"{round} after"])];
        Assert.All(people, person => Assert.Equal(all, heard[person]));
        await Eventually.TrueAsync(
            async () => await admin.StatsAsync() == (Rounds * 2, Rounds * 20m, 0, Rounds * 2, 1), "the money is not counted", TimeSpan.FromSeconds(60));
        var numbers = await platform.NumbersAsync();
        await platform.RebuildAsync();
        Assert.Equal(numbers, await platform.NumbersAsync());

        Task SayAsync(string what)
        {
            said += people.Count;
            return platform.PublishAsync(people.Select(person => ListenerSteps.Fact(person, what)));
        }
    }
}
