using Microsoft.Extensions.Options;
using Portico.Notifications.Texts;
using Portico.Platform.Data;

namespace Portico.Notifications.Features.Inbox;

/// <summary>Something a member was told, in their language.</summary>
/// <param name="Kind">What it is about, as in the preferences.</param>
/// <param name="Link">Where the web application shows more; null where it shows nothing.</param>
/// <param name="ReadAt">Null while it is unread.</param>
public sealed record NotificationResponse(
    Guid Id, string Kind, string Title, string Body, string? Link, Guid? BookingId, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt);

internal sealed record NotificationRow(
    long Seq, Guid Id, string Kind, Guid? BookingId, string Payload, DateTimeOffset CreatedAt, DateTimeOffset? ReadAt, string? Place, string? Language);

/// <summary>Reads what members were told.</summary>
internal sealed class ReadNotifications(Database<NotificationsModule> database, IOptions<NotificationsOptions> options)
{
    private const string Select =
        """
        select notifications.seq, notifications.id, notifications.kind, notifications.booking_id, notifications.payload, notifications.created_at,
               notifications.read_at, places.name as place, people.language
        from notifications
        left join places on places.id = notifications.location_id
        left join people on people.id = notifications.member_id
        where notifications.member_id = @memberId
        """;

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<NotificationRow>> BeforeAsync(Guid memberId, long? before, bool unread, int count, CancellationToken cancellationToken) =>
        database.QueryAsync<NotificationRow>(
            $"""
            {Select} and (@before::bigint is null or seq < @before) and (not @unread or read_at is null)
            order by seq desc limit @count
            """, new { memberId, before, unread, count }, cancellationToken);

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<NotificationRow>> AfterAsync(Guid memberId, long after, int count, CancellationToken cancellationToken) =>
        database.QueryAsync<NotificationRow>($"{Select} and seq > @after order by seq limit @count", new { memberId, after, count }, cancellationToken);

    /// <summary>The last one's number; 0 where there is none.</summary>
    public Task<long> LastAsync(Guid memberId, CancellationToken cancellationToken) =>
        database.FindAsync<long>("select coalesce(max(seq), 0) from notifications where member_id = @memberId", new { memberId }, cancellationToken);

    public Task<int> UnreadAsync(Guid memberId, CancellationToken cancellationToken) =>
        database.FindAsync<int>("select count(*)::int from notifications where member_id = @memberId and read_at is null", new { memberId }, cancellationToken);

    public NotificationResponse Tell(NotificationRow row)
    {
        var written = Sentences.Of(row.Kind, row.Payload, new(new(row.Language ?? options.Value.Language), row.Place));
        return new(row.Id, row.Kind, written.Title, written.Body, written.Link, row.BookingId, row.CreatedAt, row.ReadAt);
    }
}
