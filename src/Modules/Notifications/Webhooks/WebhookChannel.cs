using System.Text.Json;
using Microsoft.Extensions.Options;
using Portico.Contracts.Auth;
using Portico.Notifications.Data;
using Portico.Notifications.Deliveries;
using Portico.Notifications.Features.Inbox;
using Portico.Notifications.Messages;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Notifications.Webhooks;

/// <summary>Tells an endpoint of a fact, and stops when it has taken nothing for long.</summary>
internal sealed class WebhookChannel(
    WebhookClient client, DeliveryBells bells, NotificationFeed feed, IOptions<WebhookOptions> options, TimeProvider time) : IDeliveryChannel
{
    public const string ChannelName = "webhook";

    public string Name => ChannelName;

    public async Task<DeliveryOutcome> DeliverAsync(DeliveryRow delivery, Change change, CancellationToken cancellationToken)
    {
        var endpoint = await change.FindAsync<EndpointRow>(
            "select id, url, secret, disabled_at from webhook_endpoints where id = @EndpointId", delivery, cancellationToken);
        if (endpoint?.Secret is null)
        {
            return DeliveryOutcome.Dropped("endpoint_removed");
        }

        if (endpoint.DisabledAt is not null)
        {
            return DeliveryOutcome.GivenUp("endpoint_disabled");
        }

        var answer = await client.PostAsync(delivery.Id, endpoint.Url, delivery.Payload!, endpoint.Secret);
        // It has happened: it is noted, whatever is stopped.
        await NoteAsync(delivery, answer, change);
        if (answer.Failure is null)
        {
            return DeliveryOutcome.Sent;
        }

        await LoseHopeAsync(endpoint, change);
        return DeliveryOutcome.TryAgain(answer.StatusCode is { } status ? $"status_{status}" : answer.Failure);
    }

    private async Task NoteAsync(DeliveryRow delivery, WebhookAnswer answer, Change change)
    {
        var now = time.GetStoredNow();
        await change.ExecuteAsync(
            """
            insert into webhook_attempts (id, endpoint_id, delivery_id, type, at, status_code, failure, milliseconds)
            values (@id, @EndpointId, @deliveryId, @Kind, @now, @StatusCode, @Failure, @Milliseconds)
            """,
            new
            {
                id = Guid.CreateVersion7(now), delivery.EndpointId, deliveryId = delivery.Id, delivery.Kind, now, answer.StatusCode, answer.Failure, answer.Milliseconds,
            }, CancellationToken.None);
        await change.ExecuteAsync(
            answer.Failure is null
                ? "update webhook_endpoints set failing_since = null where id = @EndpointId and failing_since is not null"
                : "update webhook_endpoints set failing_since = @now where id = @EndpointId and failing_since is null", new { delivery.EndpointId, now }, CancellationToken.None);
    }

    private async Task LoseHopeAsync(EndpointRow endpoint, Change change)
    {
        var now = time.GetStoredNow();
        if (await change.FindAsync<DateTimeOffset?>(
            """
            update webhook_endpoints set disabled_at = @now, disabled_reason = 'failing'
            where id = @Id and disabled_at is null and failing_since <= @limit returning failing_since
            """, new { endpoint.Id, now, limit = now - options.Value.DisableAfter }, CancellationToken.None) is not { } since)
        {
            return;
        }

        var admins = await change.QueryAsync<Guid>(
            "select id from people where role = @Admin and status = 'active'", new { Roles.Admin }, CancellationToken.None);
        var news = JsonSerializer.Serialize(new WebhookDisabled(endpoint.Id, new Uri(endpoint.Url).Host, since, now), EventJson.Options);
        var eventId = Guid.CreateVersion7(now);
        await change.LockAsync(admins, CancellationToken.None);
        foreach (var admin in admins)
        {
            await change.TellAsync(eventId, news, new(NotificationKinds.WebhookDisabled, admin), now, CancellationToken.None);
        }

        change.AfterCommit(() =>
        {
            bells.RingAll();
            foreach (var admin in admins)
            {
                feed.Tell(admin);
            }
        });
    }
}
