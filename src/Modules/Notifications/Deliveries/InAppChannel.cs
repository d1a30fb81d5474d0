using Portico.Notifications.Data;
using Portico.Notifications.Features.Inbox;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Notifications.Deliveries;

/// <summary>Shows members what was to be shown later.</summary>
internal sealed class InAppChannel(NotificationFeed feed, TimeProvider time) : IDeliveryChannel
{
    public string Name => Inbox.Channel;

    public async Task<DeliveryOutcome> DeliverAsync(DeliveryRow delivery, Change change, CancellationToken cancellationToken)
    {
        await change.LockAsync([delivery.MemberId], cancellationToken);
        await change.ShowAsync(
            delivery.Id, delivery.MemberId, delivery.Kind, delivery.BookingId, delivery.LocationId, delivery.EventId, delivery.Payload!,
            time.GetStoredNow(), cancellationToken);
        change.AfterCommit(() => feed.Tell(delivery.MemberId));
        return DeliveryOutcome.Sent;
    }
}
