using Portico.Analytics.Data;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Analytics.Messages;

/// <summary>Keeps what statistics rest on and counts it, in one transaction.</summary>
internal sealed class CountFacts(AnalyticsMeter meter, TimeProvider time) : IHandleStream
{
    public async Task HandleAsync(IReadOnlyList<EventEnvelope> facts, Change change, CancellationToken cancellationToken)
    {
        if (!facts.Any(KeptFacts.AreCounted))
        {
            return;
        }

        await change.ExecuteAsync(Counting.Lock, null, cancellationToken);
        var kept = await change.KeepAsync(facts, cancellationToken);
        if (kept.Count == 0)
        {
            return;
        }

        await change.CountAsync(kept[0].Position, kept[^1].Position, [.. kept.Select(fact => fact.Topic).Distinct()], cancellationToken);
        var newest = facts.Where(KeptFacts.AreCounted).Max(fact => fact.OccurredAt);
        change.AfterCommit(() => meter.Applied(kept.Count, time.GetUtcNow() - newest));
    }
}
