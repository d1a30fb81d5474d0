using System.Text.Json;
using Portico.Contracts;
using Portico.Platform.Data;

namespace Portico.Platform.Messaging;

/// <summary>One consumer of one type of fact in this process.</summary>
internal sealed record EventSubscription(
    string Module, string Type, string Topic, string Consumer, Func<IServiceProvider, EventEnvelope, CancellationToken, Task> Deliver);

/// <summary>One consumer of whole streams in this process.</summary>
internal sealed record StreamSubscription(
    string Module, IReadOnlyList<string> Topics, string Consumer, Func<IServiceProvider, IReadOnlyList<EventEnvelope>, CancellationToken, Task> Deliver);

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
        return services.AddSingleton(provider => new EventSubscription(
            provider.GetRequiredService<ModuleDataSource<TModule>>().Module, TEvent.Type, TEvent.Topic, typeof(THandler).Name,
            DeliverAsync<TModule, TEvent, THandler>));
    }

    /// <summary>
    /// <typeparamref name="THandler"/> is called for every fact of these topics, whatever its type, several at a time and once
    /// for each, inside a transaction on the database of <typeparamref name="TModule"/> that also marks them as received.
    /// </summary>
    public static IServiceCollection AddStreamHandler<TModule, THandler>(this IServiceCollection services, params string[] topics)
        where THandler : class, IHandleStream
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(provider => new StreamSubscription(
            provider.GetRequiredService<ModuleDataSource<TModule>>().Module, topics, typeof(THandler).Name, DeliverAsync<TModule, THandler>));
    }

    private static async Task DeliverAsync<TModule, TEvent, THandler>(
        IServiceProvider provider, EventEnvelope envelope, CancellationToken cancellationToken)
        where TEvent : IIntegrationEvent
        where THandler : class, IHandleEvent<TEvent>
    {
        var fact = Read<TEvent>(envelope);
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ChangeScope>().Cause = new(envelope.Actor, envelope.Origin);
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

    private static async Task DeliverAsync<TModule, THandler>(
        IServiceProvider provider, IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
        where THandler : class, IHandleStream
    {
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ChangeScope>().Cause = Cause.Clock;
        var database = scope.ServiceProvider.GetRequiredService<Database<TModule>>();
        await using var change = await database.BeginAsync(cancellationToken);
        // In the order of their ids, so that two who are given the same facts wait for each other and not both for ever.
        var isNew = (await change.QueryAsync<Guid>(
            "insert into inbox (event_id, consumer) select id, @consumer from unnest(@ids) as id order by id on conflict do nothing returning event_id",
            new { ids = facts.Select(fact => fact.Id).ToArray(), consumer = typeof(THandler).Name }, cancellationToken)).ToHashSet();
        // Removed once taken: a fact that is twice in the batch is new once.
        var unseen = facts.Where(fact => isNew.Remove(fact.Id)).ToList();
        if (unseen.Count == 0)
        {
            return;
        }

        await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(unseen, change, cancellationToken);
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
internal sealed class MalformedFactException(string message, Exception? inner) : Exception(message, inner);
