using Portico.Platform.Data;

namespace Portico.Notifications.Features.Webhooks;

internal static class ListWebhooks
{
    public static async Task<Ok<IReadOnlyList<WebhookResponse>>> Handle(Database<NotificationsModule> database, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<WebhookRow>(
            $"select {WebhookRow.Columns} from webhook_endpoints where removed_at is null order by id", null, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<WebhookResponse>>([.. rows.Select(row => row.Tell())]);
    }
}
