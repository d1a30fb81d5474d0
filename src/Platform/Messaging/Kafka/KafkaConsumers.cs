namespace Portico.Platform.Messaging.Kafka;

/// <summary>What the modules of this process listen to: one member of a consumer group for each of them.</summary>
internal sealed class KafkaConsumers(
    ModuleTopics listening, IEnumerable<EventSubscription> typed, IEnumerable<StreamSubscription> streams, KafkaClients clients, KafkaTopics topics,
    DeadLetters deadLetters, KafkaMeter meter, IServiceProvider provider, ILogger<KafkaConsumers> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await topics.Made.WaitAsync(stoppingToken);
        await Task.WhenAll(listening.Modules.Select(module => ConsumerOf(module).RunAsync(stoppingToken)));
    }

    private ModuleConsumer ConsumerOf(string module)
    {
        var delivery = new ModuleDelivery(
            module,
            [.. typed.Where(subscription => subscription.Module == module)],
            [.. streams.Where(stream => stream.Module == module)],
            clients, deadLetters, meter, provider, logger);
        return new(module, [.. listening.Of(module).Select(clients.TopicOf)], delivery, clients, meter, logger);
    }
}

/// <summary>Which streams each module of this process listens to.</summary>
internal sealed class ModuleTopics(IEnumerable<EventSubscription> typed, IEnumerable<StreamSubscription> streams)
{
    private readonly ILookup<string, string> topics = typed.Select(subscription => (subscription.Module, subscription.Topic))
        .Concat(streams.SelectMany(stream => stream.Topics.Select(topic => (stream.Module, Topic: topic))))
        .Distinct().ToLookup(one => one.Module, one => one.Topic);

    public IReadOnlyList<string> Modules => [.. topics.Select(module => module.Key)];

    public IReadOnlyList<string> Of(string module) => [.. topics[module]];
}
