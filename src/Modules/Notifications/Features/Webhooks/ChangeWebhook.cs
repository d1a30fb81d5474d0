using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Notifications.Features.Webhooks;

/// <summary>All of what it is to be. The secret stays.</summary>
/// <param name="Enabled">False: nothing is sent to it, and what comes meanwhile it is not told later.</param>
public sealed record ChangeWebhookRequest(
    [property: Required, StringLength(2000)] string Url,
    [property: MaxLength(10)] IReadOnlyList<string>? Topics,
    [property: MaxLength(100)] IReadOnlyList<string>? Types,
    [property: StringLength(200)] string? Description,
    [property: Required] bool? Enabled);

internal static class ChangeWebhook
{
    public static async Task<Results<Ok<WebhookResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeWebhookRequest request, Database<NotificationsModule> database, WebhookAddresses addresses, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await addresses.RefusalAsync(request.Url, request.Topics, request.Types, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await using var change = await database.BeginAsync(cancellationToken);
        var changed = await change.FindAsync<WebhookRow>(
            $"""
            update webhook_endpoints set
                url = @Url, description = @Description, topics = @topics, types = @types,
                failing_since = case when @enabled and disabled_at is not null then null else failing_since end,
                disabled_reason = case when not @enabled then coalesce(disabled_reason, 'by_hand') end,
                disabled_at = case when not @enabled then coalesce(disabled_at, @now) end
            where id = @id and removed_at is null returning {WebhookRow.Columns}
            """,
            new
            {
                id, request.Url, request.Description, topics = request.Topics?.ToArray() ?? [], types = request.Types?.ToArray() ?? [],
                enabled = request.Enabled!.Value, now = time.GetStoredNow(),
            }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return changed is null ? WebhookProblems.NotFound() : TypedResults.Ok(changed.Tell());
    }
}
