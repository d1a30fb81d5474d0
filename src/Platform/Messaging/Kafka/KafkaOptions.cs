using System.ComponentModel.DataAnnotations;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>
/// The Kafka that carries facts between modules. Without <see cref="Brokers"/> they go from process to process directly.
/// </summary>
/// <remarks>
/// <code>
/// "Messaging": {
///   "Kafka": {
///     "Brokers": "kafka-1:9092,kafka-2:9092",
///     "Settings": { "security.protocol": "sasl_ssl", "sasl.mechanism": "SCRAM-SHA-512" },
///     "Partitions": 6, "ReplicationFactor": 3,
///     "RetentionHours": { "users": 8760 }
///   }
/// }
/// </code>
/// </remarks>
public sealed class KafkaOptions : IValidatableObject
{
    public const string Section = "Messaging:Kafka";

    // What the guarantees rest on.
    private static readonly string[] Ours =
    [
        "acks", "auto.offset.reset", "bootstrap.servers", "enable.auto.commit", "enable.auto.offset.store", "group.id", "message.timeout.ms",
        "partition.assignment.strategy", "request.required.acks", "transactional.id",
    ];

    /// <summary>Where to ask first, with commas: <c>host:port</c>. None: no Kafka.</summary>
    [RegularExpression(@"[A-Za-z0-9.\-\[\]:]+:\d{1,5}(,[A-Za-z0-9.\-\[\]:]+:\d{1,5})*")]
    public string? Brokers { get; init; }

    /// <summary>Further settings of librdkafka by their own names: security, mostly. Secrets belong into the environment or a file.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>Of each topic that is made. Topics that are there keep theirs.</summary>
    [Range(1, 1000)]
    public int Partitions { get; init; } = 6;

    /// <summary>On how many brokers a topic that is made is kept: 3 where there are as many.</summary>
    [Range(1, 10)]
    public int ReplicationFactor { get; init; } = 1;

    /// <summary>How long a topic that is made keeps its facts, by topic. One that is not named keeps them for ever: statistics can be rebuilt from it.</summary>
    public Dictionary<string, int> RetentionHours { get; init; } = [];

    /// <summary>Before the name of each topic, where several installations share the brokers.</summary>
    [RegularExpression("[A-Za-z0-9._-]*")]
    public string TopicPrefix { get; init; } = "";

    /// <summary>Before the module's name in the name of its consumer group.</summary>
    [RegularExpression("[A-Za-z0-9._-]*")]
    public string GroupPrefix { get; init; } = "portico-";

    /// <summary>
    /// The attributes go into the value, as CloudEvents' structured mode has it, and not into headers: for brokers before 0.11,
    /// which keep none. Both are read.
    /// </summary>
    public bool Structured { get; init; }

    /// <summary>The file of librdkafka, where it is not among the system's libraries.</summary>
    public string? Library { get; init; }

    /// <summary>For how long the topics can tell a fact again: null for ever, and not at all without Kafka.</summary>
    internal TimeSpan? Telling =>
        string.IsNullOrEmpty(Brokers) ? TimeSpan.Zero
        : EventTypes.Topics.All(RetentionHours.ContainsKey) ? TimeSpan.FromHours(RetentionHours.Values.Max())
        : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var setting in Settings.Keys.Intersect(Ours))
        {
            yield return new($"{Section}:{nameof(Settings)}:{setting} is not to be chosen.", [nameof(Settings)]);
        }

        foreach (var (topic, hours) in RetentionHours.Where(topic => topic.Value is < 1 or > 1_000_000))
        {
            yield return new($"{Section}:{nameof(RetentionHours)}:{topic} must be between 1 and 1000000; without it facts are kept for ever.", [nameof(RetentionHours)]);
        }

        if ((Brokers is not null || Library is not null) && !LibRdKafka.IsThere(Library))
        {
            yield return new(
                $"{Section}:{(Library is null ? nameof(Brokers) : nameof(Library))} needs librdkafka, which cannot be loaded: apt-get install librdkafka1.",
                [nameof(Library)]);
        }
    }
}
