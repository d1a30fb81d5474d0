using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Portico.Platform.Calendars;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Calendars;

/// <summary>
/// What a calendar program reads: it knows the address and nothing else. An address that is wrong, was revoked, or belongs to
/// somebody who may not see these bookings any more does not exist.
/// </summary>
internal static class ShowCalendar
{
    private static readonly TimeSpan UseIsNoted = TimeSpan.FromHours(1);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        string token, HttpResponse response, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindAsync(database, CalendarToken.Hash(token), cancellationToken) is not { } calendar)
        {
            return CalendarProblems.NotFound();
        }

        var now = time.GetUtcNow();
        var body = await WriteAsync(database, calendar, now, cancellationToken);
        var hash = SHA256.HashData(body);
        var changedAt = await NoteAsync(database, calendar, hash, now, cancellationToken);
        // Kept by whoever reads it and by nobody in between; looking again costs one line as long as nothing has changed.
        response.Headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(
            body, CalendarRoutes.ContentType, lastModified: changedAt, entityTag: new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(hash)}\""));
    }

    private static Task<Calendar?> FindAsync(Database<BookingsModule> database, byte[] hash, CancellationToken cancellationToken) =>
        database.FindAsync<Calendar>(
            """
            select calendars.id, calendars.member_id, calendars.space_id, space.name as space_name, place.time_zone as space_time_zone,
                   calendars.last_used_at, calendars.content_hash, calendars.changed_at
            from calendars
            join people as owner on owner.id = calendars.member_id and owner.status = 'active'
            left join spaces as space on space.id = calendars.space_id
            left join locations as place on place.id = space.location_id
            where calendars.token_hash = @hash
              and (calendars.space_id is null or owner.role = 'admin' or owner.role = 'manager' and exists (
                select from location_staff as staff
                where staff.location_id = space.location_id and staff.account_id = owner.id and staff.duty = 'manager'))
            """, new { hash }, cancellationToken);

    private static async Task<byte[]> WriteAsync(Database<BookingsModule> database, Calendar calendar, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (calendar.SpaceId is { } space)
        {
            var taken = await database.OfSpaceAsync(space, now, cancellationToken);
            return IcsCalendar.Write($"Portico: {calendar.SpaceName}", calendar.SpaceTimeZone, taken.Select(entry => entry.ForAnybody(now)));
        }

        var own = await database.OfMemberAsync(calendar.MemberId, now, cancellationToken);
        // Whoever has bookings in several zones is shown them in that of the next one.
        var zone = (own.FirstOrDefault(entry => entry.EndsAt > now) ?? (own is [.., var last] ? last : null))?.TimeZone;
        return IcsCalendar.Write("Portico", zone, own.Select(entry => entry.ForOwner(now)));
    }

    /// <summary>
    /// Keeps that it was used, and answers since when it reads as it does. No two readings that differ are of the same second,
    /// which is all that Last-Modified tells.
    /// </summary>
    private static async Task<DateTimeOffset> NoteAsync(
        Database<BookingsModule> database, Calendar calendar, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (calendar.ChangedAt is { } since && hash.AsSpan().SequenceEqual(calendar.ContentHash) && now < calendar.LastUsedAt + UseIsNoted)
        {
            return since;
        }

        await using var change = await database.BeginAsync(cancellationToken);
        var changedAt = await change.FindAsync<DateTimeOffset?>(
            """
            update calendars
            set last_used_at = @now, content_hash = @hash,
                changed_at = case when content_hash = @hash then changed_at
                    else greatest(date_trunc('second', @now), changed_at + interval '1 second') end
            where id = @Id
            returning changed_at
            """, new { calendar.Id, hash, now }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        // Null when it was revoked this moment: whoever came before that still gets an answer.
        return changedAt ?? now;
    }

    private sealed record Calendar(
        Guid Id, Guid MemberId, Guid? SpaceId, string? SpaceName, string? SpaceTimeZone, DateTimeOffset? LastUsedAt, byte[]? ContentHash,
        DateTimeOffset? ChangedAt);
}
