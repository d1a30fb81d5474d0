using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Calendars;

/// <summary>Whose bookings: a space's of a location I run, or my own when it is left out.</summary>
public sealed record AddCalendarRequest(Guid? SpaceId = null);

/// <summary>An address for a calendar program. It is told this once.</summary>
/// <param name="Url">
/// Whoever has it can read the calendar. A path, unless the installation knows its own address (<c>Modules:Bookings:PublicAddress</c>).
/// </param>
public sealed record AddedCalendarResponse(Guid Id, string Url, NamedPlace? Space, DateTimeOffset CreatedAt);

internal static class AddCalendar
{
    private const int Most = 20;

    public static async Task<Results<Created<AddedCalendarResponse>, ProblemHttpResult>> Handle(
        AddCalendarRequest? request, Database<BookingsModule> database, IOptions<BookingsOptions> options, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (request?.SpaceId is { } spaceId && await database.FindRunSpaceAsync(spaceId, user, cancellationToken) is null)
        {
            return BookingProblems.SpaceNotFound();
        }

        var now = time.GetStoredNow();
        var (id, token) = (Guid.CreateVersion7(now), CalendarToken.New());
        await using var change = await database.BeginAsync(cancellationToken);
        await change.EnsurePersonAsync(user.Id, cancellationToken);
        // Two at once would both find room for the last one.
        await change.HoldMemberAsync(user.Id, cancellationToken);
        if (await change.FindAsync<long>("select count(*) from calendars where member_id = @Id", new { user.Id }, cancellationToken) >= Most)
        {
            return Problems.Conflict("too-many-calendars", $"One has at most {Most} calendars: revoke one that is not used.", ("limit", Most));
        }

        await change.ExecuteAsync(
            "insert into calendars (id, member_id, space_id, token_hash, created_at) values (@id, @memberId, @spaceId, @hash, @now)",
            new { id, memberId = user.Id, spaceId = request?.SpaceId, hash = CalendarToken.Hash(token), now }, cancellationToken);
        var space = await change.FindAsync<NamedPlace>("select id, name from spaces where id = @spaceId", new { spaceId = request?.SpaceId }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created(
            (string?)null, new AddedCalendarResponse(id, $"{options.Value.PublicAddress}/api/bookings/calendars/{token}.ics", space, now));
    }
}
