using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>Where a message goes that nobody can take: <c>&lt;topic&gt;.dlq</c>, as it was, with the reason beside it.</summary>
internal sealed class DeadLetters(KafkaTransport transport, KafkaClients clients, TimeProvider time)
{
    public const string Reason = "dlq_reason";
    public const string Module = "dlq_module";
    public const string Topic = "dlq_topic";
    public const string Partition = "dlq_partition";
    public const string Offset = "dlq_offset";
    public const string At = "dlq_at";
    private const string Suffix = ".dlq";
    private const int LongestReason = 2000;

    public static string Of(string stream) => stream + Suffix;

    public static string StreamOf(string name) => name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    /// <summary>Returns once the broker has it.</summary>
    public Task PutAsync(ConsumeResult<string, byte[]> record, string module, Exception reason, CancellationToken cancellationToken)
    {
        var message = new Message<string, byte[]> { Key = record.Message.Key, Value = record.Message.Value, Headers = [] };
        foreach (var header in record.Message.Headers ?? [])
        {
            message.Headers.Add(header.Key, header.GetValueBytes());
        }

        var why = $"{reason.GetType().Name}: {reason.Message}";
        foreach (var (name, value) in ((string, string)[])
        [
            (Reason, why[..Math.Min(why.Length, LongestReason)]),
            (Module, module),
            (Topic, record.Topic),
            (Partition, record.Partition.Value.ToString(CultureInfo.InvariantCulture)),
            (Offset, record.Offset.Value.ToString(CultureInfo.InvariantCulture)),
            (At, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)),
        ])
        {
            message.Headers.Remove(name);
            message.Headers.Add(name, Encoding.UTF8.GetBytes(value));
        }

        return transport.PutAsync(clients.TopicOf(Of(StreamOf(clients.StreamOf(record.Topic)))), message, cancellationToken);
    }
}
