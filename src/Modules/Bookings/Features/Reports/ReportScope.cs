using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Reports;
using Portico.Bookings.Features.Bookings;
using Portico.Bookings.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Reports;

/// <summary>
/// Some days at the locations the caller runs, or at one of them. Days are those of each location's own calendar: a period of
/// several locations begins at midnight in each of them.
/// </summary>
internal sealed record ReportScope(DateOnly From, DateOnly To, IReadOnlyList<ReportPlace> Places)
{
    public const int MostDays = 366;

    /// <summary>What the queries of reports take. Arrays of the same length, one element a location or an open hour.</summary>
    public object Parameters(DateTimeOffset now)
    {
        var slices = Places.SelectMany(place => place.Slices.Select(slice => (place.Id, slice.Hour, slice.Time))).ToList();
        return new
        {
            now,
            locations = Places.Select(place => place.Id).ToArray(),
            since = Places.Select(place => place.Period.Start.UtcDateTime).ToArray(),
            until = Places.Select(place => place.Period.End.UtcDateTime).ToArray(),
            sliceLocations = slices.Select(slice => slice.Id).ToArray(),
            sliceHours = slices.Select(slice => slice.Hour).ToArray(),
            sliceStarts = slices.Select(slice => slice.Time.Start.UtcDateTime).ToArray(),
            sliceEnds = slices.Select(slice => slice.Time.End.UtcDateTime).ToArray(),
        };
    }

    public static async Task<(ReportScope? Scope, ProblemHttpResult? Refusal)> ReadAsync(
        ReportRequest request, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (request.From is null || !CalendarDay.TryRead(request.From, out var from))
        {
            return (null, LocationProblems.WrongDay("from"));
        }

        if (request.To is null || !CalendarDay.TryRead(request.To, out var to))
        {
            return (null, LocationProblems.WrongDay("to"));
        }

        if (to < from || to.DayNumber - from.DayNumber >= MostDays)
        {
            return (null, Problems.Invalid("to", $"This is before `from`, or there are more than {MostDays} days."));
        }

        var rows = await database.QueryAsync<Row>(
            Question($"(@locationId::uuid is null or id = @locationId) and {LocationScope.Sql}"),
            new { from, to, request.LocationId, isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user) }, cancellationToken);
        return request.LocationId is not null && rows.Count == 0
            ? (null, LocationProblems.NotFound())
            : (new(from, to, [.. rows.Select(row => row.ToPlace(from, to))]), null);
    }

    /// <summary>For who may see these locations by other rules; all of them when none are named.</summary>
    public static async Task<ReportScope> OfAsync(
        DateOnly from, DateOnly to, IReadOnlyList<Guid>? locationIds, Database<BookingsModule> database, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<Row>(
            Question("(@named::uuid[] is null or id = any(@named))"), new { from, to, named = locationIds?.ToArray() }, cancellationToken);
        return new(from, to, [.. rows.Select(row => row.ToPlace(from, to))]);
    }

    private static string Question(string which) =>
        $"""
        select place.id, place.name, place.time_zone, place.opening_hours::text, coalesce((
            select json_agg(json_build_object('date', day, 'hours', hours)) from opening_exceptions
            where opening_exceptions.location_id = place.id and day between @from - 2 and @to + 2)::text, '[]') as exceptions
        from (select *, id as location_id from locations) as place
        where {which}
        order by lower(name), id
        """;

    private sealed record Row(Guid Id, string Name, string TimeZone, string OpeningHours, string Exceptions)
    {
        public ReportPlace ToPlace(DateOnly from, DateOnly to)
        {
            var calendar = new OpeningCalendar(
                TimeZone, OpeningHoursJson.ReadWeek(OpeningHours), StoredJson.Read<OpeningException[]>(Exceptions));
            var period = new Interval(calendar.Clock.Midnight(from), calendar.Clock.Midnight(to.AddDays(1)));
            return new(Id, Name, period, [.. OpenSlice.Of(calendar, period)]);
        }
    }
}

/// <summary>A location, the period in its calendar, and when in it it is open.</summary>
internal sealed record ReportPlace(Guid Id, string Name, Interval Period, IReadOnlyList<OpenSlice> Slices)
{
    public NamedPlace Named => new(Id, Name);
}
