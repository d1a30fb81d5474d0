using System.Text;
using Confluent.Kafka;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>A message that a module could not take.</summary>
/// <param name="Topic">The stream it came from.</param>
/// <param name="Module">Whose consumer gave it up, or null: the broker keeps no headers.</param>
/// <param name="Reason">What was wrong, or null likewise.</param>
/// <param name="Type">The fact's wire name, or null when it is no fact.</param>
public sealed record DeadLetter(string Topic, int Partition, long Offset, string? Module, string? Reason, string? Type, string? Id);

/// <summary>The dead letters that have not been sent again yet.</summary>
public sealed class DeadLetterBox
{
    private const string Reader = "dead_letters";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly KafkaClients clients;
    private readonly KafkaTransport transport;

    internal DeadLetterBox(KafkaClients clients, KafkaTransport transport) => (this.clients, this.transport) = (clients, transport);

    /// <summary>Those of <paramref name="stream"/>, oldest first in each partition.</summary>
    public IReadOnlyList<DeadLetter> List(string stream)
    {
        using var reader = clients.Reader(Reader);
        return [.. Read(reader, stream).Select(record => Letter(record, stream))];
    }

    /// <summary>Produces them again to their topic, where those who had taken them know them by their inbox. Answers how many.</summary>
    public async Task<int> ResendAsync(string stream, CancellationToken cancellationToken)
    {
        using var reader = clients.Reader(Reader);
        var resent = 0;
        foreach (var record in Read(reader, stream).ToList())
        {
            var message = new Message<string, byte[]> { Key = record.Message.Key, Value = record.Message.Value, Headers = [] };
            foreach (var header in (record.Message.Headers ?? []).Where(header => !header.Key.StartsWith("dlq_", StringComparison.Ordinal)))
            {
                message.Headers.Add(header.Key, header.GetValueBytes());
            }

            await transport.PutAsync(clients.TopicOf(stream), message, cancellationToken);
            reader.Commit([new(record.TopicPartition, record.Offset + 1)]);
            resent++;
        }

        return resent;
    }

    // In structured mode the value says what it is; what is no fact may have headers all the same.
    private static DeadLetter Letter(ConsumeResult<string, byte[]> record, string stream)
    {
        var fact = KafkaMessage.TryRead(record, stream);
        return new(
            stream, record.Partition.Value, record.Offset.Value, Header(record, DeadLetters.Module), Header(record, DeadLetters.Reason),
            fact?.Type ?? Header(record, "ce_type"), fact?.Id.ToString() ?? Header(record, "ce_id"));
    }

    private static string? Header(ConsumeResult<string, byte[]> record, string name) =>
        record.Message.Headers?.TryGetLastBytes(name, out var value) is true ? Encoding.UTF8.GetString(value) : null;

    private IEnumerable<ConsumeResult<string, byte[]>> Read(IConsumer<string, byte[]> reader, string stream) =>
        reader.Committed(clients.Partitions(clients.TopicOf(DeadLetters.Of(stream))), Patience)
            .SelectMany(at => reader.ReadFrom(at.TopicPartition, at.Offset.IsSpecial ? null : at.Offset.Value));
}
