using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Calendars;

internal static class ListCalendars
{
    public static async Task<Ok<IReadOnlyList<CalendarResponse>>> Handle(
        Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            """
            select calendars.id, calendars.space_id, spaces.name as space_name, calendars.created_at, calendars.last_used_at
            from calendars left join spaces on spaces.id = calendars.space_id
            where calendars.member_id = @Id
            order by calendars.created_at, calendars.id
            """, new { user.Id }, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<CalendarResponse>>([.. rows.Select(row => row.ToResponse())]);
    }

    private sealed record Row(Guid Id, Guid? SpaceId, string? SpaceName, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt)
    {
        public CalendarResponse ToResponse() => new(Id, SpaceId is { } space ? new NamedPlace(space, SpaceName!) : null, CreatedAt, LastUsedAt);
    }
}
