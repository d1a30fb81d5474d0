using Portico.Platform.Web;

namespace Portico.Notifications.Features.Webhooks;

internal static class WebhookProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("webhook-not-found", "There is no such webhook.");
}
