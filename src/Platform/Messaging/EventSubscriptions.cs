using System.Text.Json;
using Portico.Contracts;
using Portico.Platform.Data;

namespace Portico.Platform.Messaging;

/// <summary>One consumer of one type of fact in this process.</summary>
internal sealed record EventSubscription(string Type, string Consumer, Func<IServiceProvider, EventEnvelope, CancellationToken, Task> Deliver);

/// <summary>How a module says which facts it listens to.</summary>
public static class EventSubscriptions
{
    /// <summary>
    /// <typeparamref name="THandler"/> is called once for each <typeparamref name="TEvent"/>, inside a transaction on the
    /// database of <typeparamref name="TModule"/> that also marks the fact as received.
    /// </summary>
    public static IServiceCollection AddEventHandler<TModule, TEvent, THandler>(this IServiceCollection services)
        where TEvent : IIntegrationEvent
        where THandler : class, IHandleEvent<TEvent>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new EventSubscription(TEvent.Type, typeof(THandler).Name, DeliverAsync<TModule, TEvent, THandler>));
    }

    private static async Task DeliverAsync<TModule, TEvent, THandler>(
        IServiceProvider provider, EventEnvelope envelope, CancellationToken cancellationToken)
        where TEvent : IIntegrationEvent
        where THandler : class, IHandleEvent<TEvent>
    {
        var fact = Read<TEvent>(envelope);
        await using var scope = provider.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Database<TModule>>();
        await using var change = await database.BeginAsync(cancellationToken);
        var isNew = await change.ExecuteAsync(
            "insert into inbox (event_id, consumer) values (@Id, @consumer) on conflict do nothing",
            new { envelope.Id, consumer = typeof(THandler).Name }, cancellationToken);
        if (isNew == 0)
        {
            return;
        }

        await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(fact, change, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }

    private static TEvent Read<TEvent>(EventEnvelope envelope)
    {
        try
        {
            return JsonSerializer.Deserialize<TEvent>(envelope.Payload, EventJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new MalformedFactException($"{envelope.Type} {envelope.Id} is not what it should be: {e.Message}", e);
        }
    }
}

/// <summary>A fact whose JSON is not that of its type: it will not get better by being sent again.</summary>
internal sealed class MalformedFactException(string message, Exception inner) : Exception(message, inner);
