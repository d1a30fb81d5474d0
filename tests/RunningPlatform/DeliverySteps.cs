using System.Text.Json;
using Portico.Contracts;
using Portico.Platform.Messaging;

namespace Portico.Tests;

/// <summary>Waits for what one module tells the others.</summary>
public static class DeliverySteps
{
    /// <summary>Until everything that <paramref name="module"/> has said of <paramref name="key"/> has reached everybody.</summary>
    public static Task ToldAsync(this RunningPlatform platform, string module, Guid key) => Eventually.TrueAsync(
        async () => (await platform.QueryAsync<long>(module, "select count(*) from outbox where key = @key and parked_at is null", new { key })).Single() == 0,
        $"what {module} says of {key} does not arrive");

    /// <summary>Until everything that <paramref name="module"/> has said has reached everybody.</summary>
    public static Task AllToldAsync(this RunningPlatform platform, string module) => Eventually.TrueAsync(
        async () => (await platform.QueryAsync<long>(module, "select count(*) from outbox where parked_at is null")).Single() == 0,
        $"what {module} says does not arrive");

    /// <summary>Has <paramref name="module"/> say something that nothing in it brought about, and waits until everybody has heard it.</summary>
    public static async Task TellAsync<TEvent>(this RunningPlatform platform, string module, TEvent fact)
        where TEvent : IIntegrationEvent
    {
        await platform.ExecuteAsync(
            module,
            "insert into outbox (id, type, topic, key, payload, occurred_at) values (@id, @Type, @Topic, @Key, @payload, now())",
            new { id = Guid.CreateVersion7(), TEvent.Type, TEvent.Topic, fact.Key, payload = JsonSerializer.Serialize(fact, EventJson.Options) });
        await platform.ToldAsync(module, fact.Key);
    }
}
