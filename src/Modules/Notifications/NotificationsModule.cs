using Portico.Notifications.Deliveries;
using Portico.Notifications.Features.Deliveries;
using Portico.Notifications.Features.Inbox;
using Portico.Notifications.Features.Preferences;
using Portico.Notifications.Features.Webhooks;
using Portico.Notifications.Mails;
using Portico.Notifications.Messages;
using Portico.Notifications.Schedules;
using Portico.Notifications.Webhooks;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;
using Portico.Platform.Web;

namespace Portico.Notifications;

/// <summary>What members are told, by mail and where they are signed in, and others by webhooks.</summary>
public sealed class NotificationsModule : IModule
{
    public string Name => "notifications";

    public void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddModuleDatabase<NotificationsModule>(Name);
        builder.AddModuleSchedules<NotificationsModule>();
        var services = builder.Services;
        services.AddValidation();
        services.AddOptions<NotificationsOptions>().BindConfiguration(NotificationsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddStreamHandler<NotificationsModule, HearFacts>([.. WebhookFacts.Topics]);
        services.AddSingleton<Postman>().AddSingleton<IDeliveryChannel, EmailChannel>().AddSingleton<IDeliveryChannel, InAppChannel>();
        services.AddWebhooks();
        services.AddSingleton<DeliveryBells>().AddSingleton<DeliveryMeter>().AddScoped<DeliverNext>();
        services.AddHostedService<DeliveryWork>();
        services.AddSingleton<NotificationFeed>().AddScoped<ReadNotifications>().AddHostedService<FeedWork>();
        services.AddScheduledJob<NotificationsModule, ForgetOld>("forget-old", TimeSpan.FromHours(1));
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var notifications = routes.MapModule<NotificationsModule>(Name);
        notifications.MapInbox();
        notifications.MapPreferences();
        notifications.MapDeliveries();
        notifications.MapWebhooks();
        notifications.MapJobs<NotificationsModule>();
    }
}
