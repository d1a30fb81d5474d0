using Confluent.Kafka;
using Portico.Platform.Web;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>Whether a broker answers, where modules say or hear anything. One question at a time, and its answer serves for a second.</summary>
internal sealed class KafkaReadiness(KafkaClients clients, IEnumerable<IParkedFacts> speaking) : IReadiness, IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
    private readonly Lock asking = new();
    private IAdminClient? admin;
    private Task<bool>? answer;
    private long askedAt;

    public string Name => "events";

    public Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        lock (asking)
        {
            if (answer is null || (answer.IsCompleted && TimeProvider.System.GetElapsedTime(askedAt) > Fresh))
            {
                askedAt = TimeProvider.System.GetTimestamp();
                answer = speaking.Any() ? Task.Run(Ask, CancellationToken.None) : Task.FromResult(true);
            }

            return answer;
        }
    }

    public void Dispose() => admin?.Dispose();

    private bool Ask()
    {
        try
        {
            admin ??= clients.Admin();
            return admin.GetMetadata(Patience).Brokers.Count > 0;
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
