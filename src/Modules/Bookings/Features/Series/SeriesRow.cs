using Portico.Bookings.Data;
using Portico.Bookings.Domain.Series;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Series;

/// <summary>A series as the database has it.</summary>
internal sealed record SeriesRow(
    Guid Id, Guid MemberId, Guid SpaceId, string SpaceName, Guid LocationId, string LocationName, string TimeZone, string Rule, DateTimeOffset CreatedAt)
{
    public const string Columns =
        """
        series.id, series.member_id, series.space_id, space.name as space_name, series.location_id, place.name as location_name, place.time_zone,
        series.rule::text as rule, series.created_at
        """;

    public const string Tables =
        "series join spaces as space on space.id = series.space_id join locations as place on place.id = series.location_id";

    public SeriesResponse With(IEnumerable<BookingRow> bookings, DateTimeOffset now) => new(
        Id, MemberId, new(SpaceId, SpaceName), new(LocationId, LocationName), TimeZone, StoredJson.Read<SeriesRule>(Rule),
        [.. bookings.Select(booking => BookingResponse.Of(booking, now))], CreatedAt);

    /// <summary>The series, when it is the caller's or at a location they run.</summary>
    public static Task<SeriesRow?> FindAsync(Database<BookingsModule> database, Guid id, CurrentUser user, CancellationToken cancellationToken) =>
        database.FindAsync<SeriesRow>(
            $"select * from (select {Columns} from {Tables} where series.id = @id) as found where found.member_id = @me or {LocationScope.Sql}",
            new { id, me = user.Id, isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user) }, cancellationToken);

    public static ProblemHttpResult NotFound() => Problems.NotFound("series-not-found", "There is no such series.");
}
