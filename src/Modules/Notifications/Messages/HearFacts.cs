using Microsoft.Extensions.Options;
using Portico.Contracts.Auth;
using Portico.Contracts.Bookings;
using Portico.Notifications.Data;
using Portico.Notifications.Deliveries;
using Portico.Notifications.Features.Inbox;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Notifications.Messages;

/// <summary>Facts become what members are shown, and work for mails and webhooks: in the transaction that marks them as heard.</summary>
internal sealed class HearFacts(DeliveryBells bells, NotificationFeed feed, IOptions<NotificationsOptions> options, TimeProvider time) : IHandleStream
{
    public async Task HandleAsync(IReadOnlyList<EventEnvelope> facts, Change change, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var told = facts.Select(fact => (Fact: fact, Notice: Notices.Of(fact, options.Value.TellBeforeExpiry))).ToList();
        List<Guid> members = [.. told.Where(one => one.Notice is not null).Select(one => one.Notice!.MemberId).Distinct()];
        if (members.Count > 0)
        {
            await change.LockAsync(members, cancellationToken);
        }

        foreach (var (fact, notice) in told)
        {
            await KnowAsync(fact, now, change, cancellationToken);
            if (Notices.EndedBy(fact) is var (bookingId, kinds))
            {
                await DropAsync(bookingId, kinds, now, change, cancellationToken);
            }

            if (notice is not null)
            {
                await change.TellAsync(fact.Id, fact.Payload, notice, now, cancellationToken);
            }
        }

        await change.QueueWebhooksAsync(facts, now, cancellationToken);
        change.AfterCommit(() =>
        {
            bells.RingAll();
            members.ForEach(feed.Tell);
        });
    }

    private static async Task KnowAsync(EventEnvelope fact, DateTimeOffset now, Change change, CancellationToken cancellationToken)
    {
        if (fact.Type == UserRegistered.Type)
        {
            await change.MeetAsync(Notices.Read<UserRegistered>(fact), cancellationToken);
        }
        else if (fact.Type == UserChanged.Type)
        {
            await change.RenameAsync(Notices.Read<UserChanged>(fact), cancellationToken);
        }
        else if (fact.Type == UserRoleChanged.Type)
        {
            await change.PromoteAsync(Notices.Read<UserRoleChanged>(fact), cancellationToken);
        }
        else if (fact.Type == UserDeleted.Type)
        {
            await change.ForgetAsync(Notices.Read<UserDeleted>(fact), now, cancellationToken);
        }
        else if (fact.Type == LocationChanged.Type)
        {
            await change.ExecuteAsync(
                "insert into places (id, name) values (@LocationId, @Name) on conflict (id) do update set name = excluded.name",
                Notices.Read<LocationChanged>(fact), cancellationToken);
        }
    }

    // What is being sent at this moment is not waited for: it is told, a moment before it was pointless.
    private static Task<int> DropAsync(Guid bookingId, string[] kinds, DateTimeOffset now, Change change, CancellationToken cancellationToken) => change.ExecuteAsync(
        """
        update deliveries set status = 'dropped', failure = 'pointless', settled_at = @now, payload = null
        where id in (
            select id from deliveries where booking_id = @bookingId and kind = any(@kinds) and status = 'waiting' for update skip locked)
        """, new { bookingId, kinds, now }, cancellationToken);
}
