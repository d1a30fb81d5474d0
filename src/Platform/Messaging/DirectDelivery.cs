using System.Diagnostics;
using Portico.Platform.Modules;

namespace Portico.Platform.Messaging;

/// <summary>
/// Delivery without a broker: to the consumers in this process by a call, to those elsewhere over HTTP. A neighbour that does
/// not listen to a type says so by accepting it.
/// </summary>
internal sealed class DirectDelivery(
    IEnumerable<EventSubscription> subscriptions, IEnumerable<StreamSubscription> streams, Deployment deployment, NeighbourDelivery neighbours, IServiceProvider provider)
    : IEventTransport
{
    private static readonly ActivitySource Activities = new("portico.messaging");
    private readonly ILookup<string, EventSubscription> byType = subscriptions.ToLookup(subscription => subscription.Type);

    public async Task<IReadOnlyList<Delivery>> SendAsync(IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        var tried = await DeliverHereAsync(facts, cancellationToken);
        var takenHere = tried.Where(here => here.Failure is null).Select(here => here.Fact).ToList();
        var elsewhere = await Task.WhenAll(deployment.Neighbours
            .Where(neighbour => !deployment.Hosts(neighbour.Key)).Select(neighbour => neighbours.SendAsync(neighbour.Value, takenHere, cancellationToken)));
        // What somebody has not tried is not delivered, and nobody's fault.
        return elsewhere.Aggregate(tried, (sofar, there) =>
            [.. sofar.Select(one => one.Failure is null ? there.GetValueOrDefault(one.Fact.Id) : one).OfType<Delivery>()]);
    }

    /// <summary>As <see cref="SendAsync"/>, to the consumers in this process alone.</summary>
    public async Task<IReadOnlyList<Delivery>> DeliverHereAsync(IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        IReadOnlyList<StreamSubscription> refusing;
        try
        {
            refusing = await streams.DeliverAsync(provider, facts, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return [new(facts[0], e)];
        }

        return await OneByOne.TryAsync(facts, fact => DeliverHereAsync(fact, refusing, cancellationToken), cancellationToken);
    }

    private async Task DeliverHereAsync(EventEnvelope fact, IReadOnlyList<StreamSubscription> refusing, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity($"consume {fact.Type}", ActivityKind.Consumer, fact.TraceParent);
        foreach (var subscription in byType[fact.Type])
        {
            await subscription.Deliver(provider, fact, cancellationToken);
        }

        foreach (var stream in refusing.Where(stream => stream.Topics.Contains(fact.Topic)))
        {
            await stream.Deliver(provider, [fact], cancellationToken);
        }
    }
}
