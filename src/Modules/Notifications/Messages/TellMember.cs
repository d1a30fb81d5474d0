using Portico.Notifications.Data;
using Portico.Platform.Data;

namespace Portico.Notifications.Messages;

internal static class TellMember
{
    /// <summary>Shows it and queues its mail, or queues both where it is to be told later; nothing that is not wanted. The member is locked.</summary>
    public static async Task TellAsync(
        this Change change, Guid eventId, string payload, Notice notice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dueAt = notice.DueAt > now ? notice.DueAt.Value : now;
        await QueueAsync("email");
        if (NotificationKinds.IsMailOnly(notice.Kind))
        {
            return;
        }

        if (dueAt > now)
        {
            await QueueAsync(Inbox.Channel);
        }
        else
        {
            await change.ShowAsync(
                Guid.CreateVersion7(now), notice.MemberId, notice.Kind, notice.BookingId, notice.LocationId, eventId, payload, now, cancellationToken);
        }

        Task QueueAsync(string channel) => change.ExecuteAsync(
            """
            insert into deliveries (id, channel, kind, member_id, booking_id, location_id, event_id, payload, due_at, useful_until, created_at)
            select @id, @channel, @Kind, @MemberId, @BookingId, @LocationId, @eventId, @payload, @dueAt, @UsefulUntil, @now
            where not exists (select from unwanted where member_id = @MemberId and kind = @Kind and channel = @channel)
            on conflict do nothing
            """,
            new
            {
                id = Guid.CreateVersion7(now), channel, notice.Kind, notice.MemberId, notice.BookingId, notice.LocationId, eventId, payload, dueAt,
                notice.UsefulUntil, now,
            }, cancellationToken);
    }
}
