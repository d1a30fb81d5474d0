using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portico.Contracts;
using Portico.Platform.Messaging;
using Portico.Platform.Security;

namespace Portico.Tests.Behaviour.Delivery;

/// <summary>What a relay of another process does that does not know whether a fact was there before.</summary>
internal static class NeighbourSteps
{
    /// <summary>Brings a fact to the door of a module, who takes it.</summary>
    public static Task DeliverAsync<TEvent>(this RunningPlatform platform, Uri process, Guid id, TEvent fact)
        where TEvent : IIntegrationEvent => platform.DeliverAsync(process, [KeyValuePair.Create(id, fact)]);

    /// <summary>Brings several in one batch, by their ids.</summary>
    public static async Task DeliverAsync<TEvent>(this RunningPlatform platform, Uri process, IReadOnlyCollection<KeyValuePair<Guid, TEvent>> facts)
        where TEvent : IIntegrationEvent
    {
        var now = platform.Clock.GetUtcNow();
        using var batch = EventBatch.Write(facts.Select(fact => new EventEnvelope(
            fact.Key, TEvent.Type, TEvent.Topic, fact.Value.Key, "test", now, null, JsonSerializer.Serialize(fact.Value, EventJson.Options), null, null)));
        using var answer = await platform.DeliverAsync(process, batch);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(facts.Select(fact => new DeliveryReport(fact.Key, null, false)), await answer.Content.ReadFromJsonAsync<DeliveryReport[]>() ?? []);
    }

    /// <summary>Brings it what may be no fact at all.</summary>
    public static async Task<HttpResponseMessage> DeliverAsync(this RunningPlatform platform, Uri process, string json)
    {
        using var batch = new StringContent(json, Encoding.UTF8, "application/cloudevents-batch+json");
        return await platform.DeliverAsync(process, batch);
    }

    private static async Task<HttpResponseMessage> DeliverAsync(this RunningPlatform platform, Uri process, HttpContent batch)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", platform.Apps[0].Services.GetRequiredService<TokenIssuer>().IssueService());
        return await client.PostAsync(new Uri(process, EventInbox.Path), batch);
    }
}
