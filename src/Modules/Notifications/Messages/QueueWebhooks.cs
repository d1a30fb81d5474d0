using System.Text.Json;
using Portico.Notifications.Webhooks;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Notifications.Messages;

/// <summary>What an endpoint is sent. It is the same at every attempt.</summary>
/// <param name="Id">The fact's: whoever gets it twice can tell.</param>
internal sealed record WebhookBody(Guid Id, string Type, string Topic, DateTimeOffset Time, JsonElement Data);

/// <summary>Facts become work for the endpoints that asked for them.</summary>
internal static class QueueWebhooks
{
    public static async Task QueueWebhooksAsync(
        this Change change, IReadOnlyList<EventEnvelope> facts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = facts.Where(fact => WebhookFacts.Types.Contains(fact.Type)).ToList();
        if (told.Count == 0)
        {
            return;
        }

        var endpoints = await change.QueryAsync<Wanting>(
            "select id, array_to_string(topics || types, ',') as wanted from webhook_endpoints where disabled_at is null and removed_at is null", null, cancellationToken);
        var jobs =
            (from fact in told
             let body = endpoints.Count == 0 ? "" : Body(fact)
             from endpoint in endpoints
             where endpoint.Wants(fact)
             select new { Id = Guid.CreateVersion7(now), Fact = fact, EndpointId = endpoint.Id, Body = body }).ToList();
        if (jobs.Count == 0)
        {
            return;
        }

        await change.ExecuteAsync(
            """
            insert into deliveries (id, channel, kind, member_id, endpoint_id, event_id, payload, due_at, created_at)
            select id, @ChannelName, kind, member_id, endpoint_id, event_id, body, @now, @now
            from unnest(@ids, @kinds, @keys, @endpoints, @events, @bodies) as job (id, kind, member_id, endpoint_id, event_id, body)
            on conflict do nothing
            """,
            new
            {
                WebhookChannel.ChannelName,
                now,
                ids = jobs.Select(job => job.Id).ToArray(),
                kinds = jobs.Select(job => job.Fact.Type).ToArray(),
                keys = jobs.Select(job => job.Fact.Key).ToArray(),
                endpoints = jobs.Select(job => job.EndpointId).ToArray(),
                events = jobs.Select(job => job.Fact.Id).ToArray(),
                bodies = jobs.Select(job => job.Body).ToArray(),
            }, cancellationToken);
    }

    private static string Body(EventEnvelope fact) => JsonSerializer.Serialize(
        new WebhookBody(fact.Id, fact.Type, fact.Topic, fact.OccurredAt, JsonSerializer.Deserialize<JsonElement>(fact.Payload)), EventJson.Options);

    // A type has a dot in it, and a topic has none.
    private sealed record Wanting(Guid Id, string Wanted)
    {
        private readonly HashSet<string> names = [.. Wanted.Split(',')];

        public bool Wants(EventEnvelope fact) => names.Contains(fact.Topic) || names.Contains(fact.Type);
    }
}
