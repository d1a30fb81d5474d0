namespace Portico.Platform.Messaging;

/// <summary>Gives facts to those who take whole streams: all at once, since a transaction for each would cost most of the work.</summary>
internal static class StreamDelivery
{
    /// <summary>Answers those who refuse one of the facts: alone, each shows whether it is the one. That somebody is away is thrown.</summary>
    public static async Task<IReadOnlyList<StreamSubscription>> DeliverAsync(
        this IEnumerable<StreamSubscription> streams, IServiceProvider provider, IReadOnlyList<EventEnvelope> facts, CancellationToken cancellationToken)
    {
        List<StreamSubscription> refusing = [];
        foreach (var stream in streams)
        {
            try
            {
                if (facts.Where(fact => stream.Topics.Contains(fact.Topic)).ToList() is { Count: > 0 } heard)
                {
                    await stream.Deliver(provider, heard, cancellationToken);
                }
            }
            catch (Exception e) when (!DeliveryFailures.IsPassing(e))
            {
                refusing.Add(stream);
            }
        }

        return refusing;
    }
}
