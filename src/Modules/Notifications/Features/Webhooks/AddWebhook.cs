using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Portico.Notifications.Webhooks;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Webhooks;

/// <summary>Somebody who is to be told of facts.</summary>
/// <param name="Url">Begins with https.</param>
/// <param name="Topics">All facts of these: <c>users</c>, <c>members</c>, <c>bookings</c>, <c>transactions</c>.</param>
/// <param name="Types">Or single types, such as <c>booking.confirmed</c>.</param>
public sealed record AddWebhookRequest(
    [property: Required, StringLength(2000)] string Url,
    [property: MaxLength(10)] IReadOnlyList<string>? Topics,
    [property: MaxLength(100)] IReadOnlyList<string>? Types,
    [property: StringLength(200)] string? Description);

internal static class AddWebhook
{
    public static async Task<Results<Created<AddedWebhookResponse>, ProblemHttpResult>> Handle(
        AddWebhookRequest request, Database<NotificationsModule> database, WebhookAddresses addresses, IOptions<WebhookOptions> options, CurrentUser user,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (await addresses.RefusalAsync(request.Url, request.Topics, request.Types, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var (now, secret) = (time.GetStoredNow(), $"whsec_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}");
        await using var change = await database.BeginAsync(cancellationToken);
        // Two at once wait for each other, so that neither is one too many.
        await change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('webhook_endpoints', 0))", null, cancellationToken);
        if (await change.FindAsync<int>("select count(*)::int from webhook_endpoints where removed_at is null", null, cancellationToken) >= options.Value.Most)
        {
            return Problems.Conflict("too-many-webhooks", "There are as many as there may be: remove one.", ("most", options.Value.Most));
        }

        var added = await change.FindAsync<WebhookRow>(
            $"""
            insert into webhook_endpoints (id, url, description, topics, types, secret, created_by, created_at)
            values (@id, @Url, @Description, @topics, @types, @secret, @createdBy, @now) returning {WebhookRow.Columns}
            """,
            new
            {
                id = Guid.CreateVersion7(now), request.Url, request.Description, topics = request.Topics?.ToArray() ?? [], types = request.Types?.ToArray() ?? [],
                secret, createdBy = user.Id, now,
            }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created("/api/notifications/admin/webhooks", new AddedWebhookResponse(added!.Tell(), secret));
    }
}
