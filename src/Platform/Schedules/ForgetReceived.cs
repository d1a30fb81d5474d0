using Microsoft.Extensions.Options;
using Portico.Platform.Data;
using Portico.Platform.Messaging.Kafka;

namespace Portico.Platform.Schedules;

/// <summary>
/// Forgets which facts came in a month ago, when none of them is sent again any more, and the first answers to requests of the day
/// before yesterday. As long as Kafka's topics hold a fact it can come again, and is not forgotten. Every module that does something
/// by the clock does this too.
/// </summary>
internal sealed class ForgetReceived<TModule>(Database<TModule> database, IOptions<KafkaOptions> kafka, TimeProvider time) : IScheduledJob
{
    public const string Name = "forget-received";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (kafka.Value.Telling is { } telling)
        {
            await ForgetAsync("delete from inbox where received_at < @before", TimeSpan.FromDays(30) + telling, cancellationToken);
        }

        await ForgetAsync("delete from answers where created_at < @before", TimeSpan.FromDays(2), cancellationToken);
    }

    private async Task ForgetAsync(string sql, TimeSpan after, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(sql, new { before = time.GetUtcNow() - after }, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }
}
