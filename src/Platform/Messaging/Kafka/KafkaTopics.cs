using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>Makes the topics at start, and their dead letters', where they are not there yet. What is there is left as it is.</summary>
internal sealed class KafkaTopics(KafkaClients clients, ILogger<KafkaTopics> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Until they are there: a topic that the broker made by itself would have its partitions and not ours.</summary>
    public Task Made => made.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!made.Task.IsCompleted)
        {
            try
            {
                await MakeAsync();
                made.SetResult();
            }
            catch (Exception e) when (e is KafkaException or TimeoutException)
            {
                logger.NoTopics(e.Message);
                await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, stoppingToken);
            }
        }
    }

    private async Task MakeAsync()
    {
        using var admin = clients.Admin();
        // Asked first: only a broker that answered has told what it can do.
        var there = admin.GetMetadata(Patience).Topics.Where(topic => !topic.Error.IsError).Select(topic => topic.Topic).ToHashSet();
        var missing = EventTypes.Topics.SelectMany(stream => (string[])[stream, DeadLetters.Of(stream)]).Select(Specify).Where(topic => !there.Contains(topic.Name)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            await admin.CreateTopicsAsync(missing, new() { RequestTimeout = Patience, OperationTimeout = Patience });
            logger.TopicsMade(string.Join(", ", missing.Select(topic => topic.Name)));
        }
        catch (CreateTopicsException e) when (e.Results.TrueForAll(topic => topic.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Another process made them at the same time.
        }
    }

    private TopicSpecification Specify(string stream)
    {
        var owner = DeadLetters.StreamOf(stream);
        var hours = clients.Options.RetentionHours.TryGetValue(owner, out var configured) ? configured : (int?)null;
        return new()
        {
            Name = clients.TopicOf(stream),
            NumPartitions = clients.Options.Partitions,
            ReplicationFactor = (short)clients.Options.ReplicationFactor,
            Configs = new() { ["retention.ms"] = hours is { } some ? (some * 3_600_000L).ToString(CultureInfo.InvariantCulture) : "-1" },
        };
    }
}

internal static partial class KafkaTopicsLog
{
    [LoggerMessage(LogLevel.Warning, "Kafka cannot be asked for its topics: {Reason}")]
    public static partial void NoTopics(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Made the topics {Topics}")]
    public static partial void TopicsMade(this ILogger logger, string topics);
}
