using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portico.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Security;

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
            Assert.Equal(HttpStatusCode.NoContent, await DeliverAsync(platform, id, anna, "anna"));
        }

        // Ten at the same time, as when one delivery times out while it is still at work.
        var again = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DeliverAsync(platform, id, anna, "anna")));

        Assert.All(again, status => Assert.Equal(HttpStatusCode.NoContent, status));
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

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DeliverAsync(platform, id, key, $"round-{round}")));

            Assert.All(answers, status => Assert.Equal(HttpStatusCode.NoContent, status));
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
    public async Task An_event_that_is_none_is_refused_and_leaves_no_trace(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape, adjust: ListenerSteps.Listening());
        await platform.MakeTableAsync();
        var key = Guid.CreateVersion7();
        List<string> wrong = [];

        foreach (var (why, headers, body) in ((string, Dictionary<string, string?>, string)[])
            [
                ("no id", new() { ["ce-id"] = null }, "{}"), ("id is no id", new() { ["ce-id"] = "1" }, "{}"), ("no key", new() { ["ce-partitionkey"] = null }, "{}"),
                ("no time", new() { ["ce-time"] = null }, "{}"), ("time is no time", new() { ["ce-time"] = "yesterday" }, "{}"), ("no type", new() { ["ce-type"] = null }, "{}"),
                ("no body", [], ""), ("cut", [], "{\"user_id\":"), ("a list", [], "[]"), ("null", [], "null"), ("wrong types", [], "{\"user_id\":1}"),
            ])
        {
            var status = await DeliverAsync(platform, Guid.CreateVersion7(), key, "anna", headers, body);
            if (status is not HttpStatusCode.BadRequest)
            {
                wrong.Add($"{why}: {(int)status}");
            }
        }

        Assert.Empty(wrong);
        Assert.Empty(await platform.HeardAsync());
        Assert.Empty(await platform.QueryAsync<Guid>("members", "select event_id from inbox"));
        // What nobody here listens to is accepted and forgotten.
        Assert.Equal(HttpStatusCode.NoContent, await DeliverAsync(platform, Guid.CreateVersion7(), key, "anna", new() { ["ce-type"] = "moon.landed" }));
    }

    private static Action<WebApplicationBuilder> Counting(ConcurrentBag<Guid> sent) => builder => builder.Services.AddSingleton<IEventTransport>(
        services => new CountingTransport(services.GetRequiredService<DirectDelivery>(), sent));

    private static async Task<HttpStatusCode> DeliverAsync(
        RunningPlatform platform, Guid id, Guid key, string name, Dictionary<string, string?>? changes = null, string? body = null)
    {
        var token = platform.Apps[0].Services.GetRequiredService<TokenIssuer>().IssueService();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(platform.AddressOf("members"), "/internal/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Dictionary<string, string?> headers = new()
        {
            ["ce-specversion"] = "1.0",
            ["ce-id"] = id.ToString(),
            ["ce-type"] = "user.registered",
            ["ce-source"] = "auth",
            ["ce-time"] = platform.Clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            ["ce-topic"] = "users",
            ["ce-partitionkey"] = key.ToString(),
        };
        foreach (var (header, value) in headers.Concat(changes ?? []).ToLookup(pair => pair.Key, pair => pair.Value).Select(pair => (pair.Key, pair.Last())))
        {
            if (value is not null)
            {
                request.Headers.Add(header, value);
            }
        }

        var json = $$"""{"user_id":"{{key}}","username":"{{name}}","role":"member","registered_at":"2026-03-01T09:00:00Z"}""";
        request.Content = new StringContent(body ?? json, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    private sealed class CountingTransport(IEventTransport transport, ConcurrentBag<Guid> sent) : IEventTransport
    {
        public Task SendAsync(EventEnvelope fact, CancellationToken cancellationToken)
        {
            sent.Add(fact.Id);
            return transport.SendAsync(fact, cancellationToken);
        }
    }
}
