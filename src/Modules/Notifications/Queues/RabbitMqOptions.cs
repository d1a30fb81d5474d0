using System.ComponentModel.DataAnnotations;

namespace Portico.Notifications.Queues;

/// <summary>
/// The broker that hands out deliveries: <c>{"Modules": {"Notifications": {"RabbitMq": {"Uri": "amqps://portico:…@broker.example/portico"}}}}</c>.
/// Without a Uri processes take them from the database.
/// </summary>
internal sealed class RabbitMqOptions
{
    public const string Section = "Modules:Notifications:RabbitMq";

    /// <summary>From the environment: a password is in it.</summary>
    [RegularExpression(@"amqps?://\S{1,1000}")]
    public string? Uri { get; init; }

    /// <summary>How many deliveries of a channel a process is handed before it has done one.</summary>
    [Range(1, 1000)]
    public int Prefetch { get; init; } = 16;

    /// <summary>What was handed to the broker so long ago and is not done is handed to it again: it may have lost it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan PublishAgainAfter { get; init; } = TimeSpan.FromMinutes(5);
}
