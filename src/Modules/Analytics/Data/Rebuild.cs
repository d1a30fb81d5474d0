using Portico.Platform.Data;
using Portico.Platform.Messaging.Kafka;

namespace Portico.Analytics.Data;

/// <summary>
/// Empties everything that is counted and counts all facts once more: those that are kept, and, where there is Kafka, those that its
/// topics hold from their beginning and that were never kept. Until it is done everybody sees the old numbers.
/// </summary>
internal sealed class Rebuild(Database<AnalyticsModule> database, EventHistory? history = null)
{
    private const int BatchSize = 2000;

    /// <summary>Answers how many facts there were.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(Counting.Lock, null, cancellationToken);
        foreach (var facts in history?.Read(KeptFacts.Topics) ?? [])
        {
            await change.KeepAsync(facts, cancellationToken);
        }

        foreach (var table in Counting.Tables)
        {
            await change.ExecuteAsync($"delete from {table}", null, cancellationToken);
        }

        long counted = 0, position = -1;
        while (await change.FindAsync<Batch>(
            """
            select min(position) as first, max(position) as last, count(*) as facts, string_agg(distinct topic, ' ') as topics
            from (select position, topic from facts where position > @position order by position limit @BatchSize) as batch
            having count(*) > 0
            """, new { position, BatchSize }, cancellationToken) is { } batch)
        {
            await change.CountAsync(batch.First, batch.Last, batch.Topics.Split(' '), cancellationToken);
            (counted, position) = (counted + batch.Facts, batch.Last);
        }

        await change.CommitAsync(cancellationToken);
        return counted;
    }

    private sealed record Batch(long First, long Last, long Facts, string Topics);
}
