using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Tests.Behaviour.Delivery;

[Trait("Category", "Proof")]
public sealed class ExactlyOnceTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_fact_that_is_delivered_again_changes_nothing(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening());
        await platform.MakeTableAsync();
        var (anna, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        for (var delivery = 0; delivery < 3; delivery++)
        {
            await TellAsync(platform, id, anna, "anna");
        }

        // Ten at the same time, as when one delivery times out while it is still at work.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => TellAsync(platform, id, anna, "anna")));

        Assert.Equal(["anna"], (await platform.HeardAsync()).Select(heard => heard.Name));
        Assert.Single(await platform.QueryAsync<Guid>("members", "select id from profiles where id = @anna", new { anna }));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Racing_deliveries_of_a_new_fact_have_one_effect(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening());
        await platform.MakeTableAsync();

        for (var round = 0; round < 20; round++)
        {
            var (key, id) = (Guid.CreateVersion7(), Guid.CreateVersion7());

            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TellAsync(platform, id, key, $"round-{round}")));

            Assert.Equal(round + 1, (await platform.HeardAsync()).Count);
        }
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Two_instances_over_one_outbox_tell_every_fact_once_and_in_order_per_person(Shape shape)
    {
        const int People = 125;
        const int FactsEach = 4;
        ConcurrentBag<Guid> sent = [];
        await using var first = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening() + Counting(sent));
        await first.MakeTableAsync();
        await using var second = await RunningPlatform.StartAsync(shape, new(first.Databases), ListenerSteps.Listening() + Counting(sent));
        var people = Enumerable.Range(0, People).Select(_ => Guid.CreateVersion7()).ToList();
        var facts = Enumerable.Range(0, FactsEach).SelectMany(nth => people.Select(person => ListenerSteps.Fact(person, $"fact-{nth}"))).ToList();

        await first.PublishAsync(facts);
        second.RingTheBell();
        await Eventually.TrueAsync(async () => await first.WaitingAsync() == 0, "the outbox is not emptied");

        var heard = await first.HeardAsync();
        Assert.Equal(People * FactsEach, heard.Count);
        Assert.All(heard.GroupBy(fact => fact.Key), ofOne => Assert.Equal(["fact-0", "fact-1", "fact-2", "fact-3"], ofOne.Select(fact => fact.Name)));
        // The inbox would hide that both did the work.
        Assert.Equal(People * FactsEach, sent.Count);
        Assert.Equal(People, (await first.QueryAsync<long>("members", "select count(*) from profiles where id = any(@people)", new { people = people.ToArray() })).Single());
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task What_is_rolled_back_was_never_said(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening());
        await platform.MakeTableAsync();
        await using (var scope = platform.AuthServices().CreateAsyncScope())
        {
            await using var change = await scope.ServiceProvider.GetRequiredService<Database<AuthModule>>().BeginAsync(CancellationToken.None);
            change.Publish(ListenerSteps.Fact(Guid.CreateVersion7(), "never"));
        }

        var anna = await platform.MemberAsync();
        (await platform.Somebody().RegisterAsync(anna.Username)).Expect(HttpStatusCode.Conflict, "username-taken");
        var last = await platform.MemberAsync();

        await Eventually.TrueAsync(async () => await platform.WaitingAsync() == 0, "the outbox is not emptied");
        Assert.Equal([anna.Username, last.Username], (await platform.HeardAsync()).Select(heard => heard.Name));
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task What_is_no_event_is_refused_and_leaves_no_trace(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening());
        await platform.MakeTableAsync();
        var members = platform.AddressOf("members");

        foreach (var json in (string[])
            [
                "", "{}", "null", "[null]", $"[{Event()}", Batch(Event("id", "1")), Batch(Event("id", null)), Batch(Event("partitionkey", null)), Batch(Event("time", "yesterday")),
                Batch(Event("time", null)), Batch(Event("type", null)), Batch(Event("type", "")), Batch(Event("data", null)), Batch(Event(), Event("type", null)),
            ])
        {
            using var refused = await platform.DeliverAsync(members, json);
            Assert.True(refused.StatusCode is HttpStatusCode.BadRequest, $"{(int)refused.StatusCode}: {json}");
        }

        Assert.Empty(await platform.HeardAsync());
        Assert.Empty(await platform.QueryAsync<Guid>("members", "select event_id from inbox"));
        // What is an event but not of its type is told apart from those around it; what nobody here listens to is accepted and forgotten.
        using var answer = await platform.DeliverAsync(members, Batch(Event("data", new JsonArray()), Event("data", new JsonObject { ["user_id"] = 1 }), Event("type", "moon.landed"), Event()));
        var reports = await answer.Content.ReadFromJsonAsync<DeliveryReport[]>() ?? [];
        Assert.Equal([true, true, false, false], reports.Select(report => report.Failure?.StartsWith("MalformedFactException", StringComparison.Ordinal) ?? false));
        Assert.Equal(["anna"], (await platform.HeardAsync()).Select(heard => heard.Name));
    }

    private static Action<WebApplicationBuilder> Counting(ConcurrentBag<Guid> sent) => builder => builder.Services.AddSingleton<IEventTransport>(
        services => new CountingTransport(services.GetRequiredService<DirectDelivery>(), sent));

    private static Task TellAsync(RunningPlatform platform, Guid id, Guid key, string name) =>
        platform.DeliverAsync(platform.AddressOf("members"), id, ListenerSteps.Fact(key, name));

    private static string Batch(params JsonObject[] events) => new JsonArray(events).ToJsonString();

    // Of somebody new each time, so that none has to wait for another.
    private static JsonObject Event(string? attribute = null, JsonNode? value = null)
    {
        var key = Guid.CreateVersion7();
        var whole = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = Guid.CreateVersion7(),
            ["type"] = "user.registered",
            ["source"] = "auth",
            ["time"] = "2026-03-01T09:00:00Z",
            ["topic"] = "users",
            ["partitionkey"] = key,
            ["data"] = new JsonObject { ["user_id"] = key, ["username"] = "anna", ["role"] = "member", ["registered_at"] = "2026-03-01T09:00:00Z" },
        };
        if (attribute is not null && value is null)
        {
            whole.Remove(attribute);
        }
        else if (attribute is not null)
        {
            whole[attribute] = value;
        }

        return whole;
    }

    private sealed class CountingTransport(IEventTransport transport, ConcurrentBag<Guid> sent) : IEventTransport
    {
        public async Task<IReadOnlyList<Platform.Messaging.Delivery>> SendAsync(IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
        {
            var tried = await transport.SendAsync(facts, cancellationToken);
            tried.ToList().ForEach(one => sent.Add(one.Fact.Id));
            return tried;
        }
    }
}
