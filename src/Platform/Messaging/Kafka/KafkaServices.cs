using Portico.Platform.Web;

namespace Portico.Platform.Messaging.Kafka;

/// <summary>Kafka in the place of direct delivery, where it is configured.</summary>
internal static class KafkaServices
{
    public static void AddKafka(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<KafkaOptions>().BindConfiguration(KafkaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (string.IsNullOrEmpty(builder.Configuration[$"{KafkaOptions.Section}:{nameof(KafkaOptions.Brokers)}"]))
        {
            return;
        }

        services.AddSingleton<KafkaMeter>();
        services.AddSingleton<KafkaClients>();
        services.AddSingleton<KafkaTransport>();
        services.AddSingleton<IEventTransport>(provider => provider.GetRequiredService<KafkaTransport>());
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<ModuleTopics>();
        services.AddSingleton<IReadiness, KafkaReadiness>();
        services.AddSingleton(provider => new EventReplay(provider.GetRequiredService<ModuleTopics>(), provider.GetRequiredService<KafkaClients>()));
        services.AddSingleton(provider => new EventHistory(provider.GetRequiredService<KafkaClients>()));
        services.AddSingleton(provider => new DeadLetterBox(provider.GetRequiredService<KafkaClients>(), provider.GetRequiredService<KafkaTransport>()));
        services.AddSingleton<KafkaTopics>();
        services.AddHostedService(provider => provider.GetRequiredService<KafkaTopics>());
        services.AddHostedService<KafkaConsumers>();
    }
}
