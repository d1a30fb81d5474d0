using RabbitMQ.Client;

namespace Portico.Notifications.Queues;

/// <summary>
/// The queues of the broker. They carry the ids of deliveries, which stand in the database: what has to be done, and whether it is
/// done, is known there alone. What comes back too often, since whoever took it died each time, goes to the queue of the dead.
/// </summary>
internal static class DeliveryQueues
{
    public const string Dead = "portico.deliveries.dead";

    private const int MostReturns = 10;

    public static string Of(string channel) => $"portico.deliveries.{channel}";

    public static async Task DeclareAsync(IChannel broker, IEnumerable<string> channels, CancellationToken cancellationToken)
    {
        Dictionary<string, object?> quorum = new() { ["x-queue-type"] = "quorum" };
        await broker.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: cancellationToken);
        foreach (var channel in channels)
        {
            Dictionary<string, object?> arguments = new(quorum)
            {
                ["x-delivery-limit"] = MostReturns, ["x-dead-letter-exchange"] = "", ["x-dead-letter-routing-key"] = Dead,
            };
            await broker.QueueDeclareAsync(Of(channel), durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        }
    }
}
