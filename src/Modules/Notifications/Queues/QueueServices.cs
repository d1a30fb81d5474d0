using Portico.Platform.Web;

namespace Portico.Notifications.Queues;

internal static class QueueServices
{
    /// <summary>Has a broker hand out what is to be done, where one is configured.</summary>
    public static void AddQueues(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RabbitMqOptions>().BindConfiguration(RabbitMqOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (builder.Configuration[$"{RabbitMqOptions.Section}:Uri"] is not null)
        {
            services.AddScoped<PublishDue>().AddSingleton<TakeFromQueue>().AddSingleton<QueueWork>();
            services.AddHostedService(provider => provider.GetRequiredService<QueueWork>());
            services.AddSingleton<IReadiness>(provider => provider.GetRequiredService<QueueWork>());
        }
    }
}
