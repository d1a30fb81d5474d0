using Portico.Platform.Messaging.Kafka;
using Portico.Platform.Security;

namespace Portico.Platform.Messaging;

/// <summary>How facts travel between modules.</summary>
public static class MessagingServices
{
    /// <summary>Outbox relays, and delivery directly or over Kafka.</summary>
    public static IHostApplicationBuilder AddPlatformMessaging(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OutboxMeter>();
        builder.Services.AddSingleton<NeighbourDelivery>();
        builder.Services.AddSingleton<DirectDelivery>();
        builder.Services.AddSingleton<IEventTransport>(provider => provider.GetRequiredService<DirectDelivery>());
        builder.Services.AddHttpClient(NeighbourDelivery.ClientName, client => client.Timeout = TimeSpan.FromSeconds(15))
            .AddHttpMessageHandler<ServiceTokenHandler>();
        builder.AddKafka();
        return builder;
    }
}
