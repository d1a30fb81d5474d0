using Portico.Notifications.Deliveries;
using Portico.Notifications.Webhooks;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Webhooks;

/// <summary>Where others are told of facts by HTTP.</summary>
internal static class WebhookRoutes
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookClient>().AddSingleton<WebhookAddresses>().AddSingleton<IDeliveryChannel, WebhookChannel>();
        // An address may be a secret itself: it stands in no log.
        services.AddHttpClient(WebhookClient.Name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(WebhookClient.Handler).RemoveAllLoggers();
    }

    public static void MapWebhooks(this RouteGroupBuilder notifications)
    {
        var admin = notifications.MapGroup("/admin/webhooks").RequireAuthorization(Policies.Admin);
        admin.MapGet("", ListWebhooks.Handle).WithName("ListWebhooks").WithSummary("Where others are told of facts");
        admin.MapPost("", AddWebhook.Handle).NeverStoreAnswers().WithName("AddWebhook").WithSummary("Have facts told to an address; the answer has the secret, once");
        admin.MapPut("/{id:guid}", ChangeWebhook.Handle).WithName("ChangeWebhook").WithSummary("Say what is told and where, or disable or enable it");
        admin.MapDelete("/{id:guid}", RemoveWebhook.Handle).WithName("RemoveWebhook").WithSummary("Tell that address nothing more");
        admin.MapGet("/{id:guid}/attempts", ListAttempts.Handle).WithName("ListWebhookAttempts").WithSummary("Every time something was sent, newest first");
        admin.MapPost("/{id:guid}/send-again", SendAllAgain.Handle).WithName("SendWebhookAgain").WithSummary("Try again all that was given up");
    }
}
