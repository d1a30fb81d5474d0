using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

/// <summary>A day that is not like its weekday.</summary>
/// <param name="Hours">Open then, and only then; closed all day when there are none.</param>
public sealed record ExceptionResponse(DateOnly Date, IReadOnlyList<DayRange> Hours, string? Reason);

/// <summary>By day, from today when nothing is said, and as far ahead as is shown at once.</summary>
internal static class ListExceptions
{
    public const int MostDays = 400;

    public static async Task<Results<Ok<IReadOnlyList<ExceptionResponse>>, ProblemHttpResult>> Handle(
        Guid id,
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await database.RunsAsync(user, id, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        var zone = await database.FindAsync<string>("select time_zone from locations where id = @id", new { id }, cancellationToken);
        var first = LocalDay.Of(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone!));
        if (from is not null && !CalendarDay.TryRead(from, out first))
        {
            return LocationProblems.WrongDay("from");
        }

        var last = first.AddDays(MostDays);
        if (to is not null && !CalendarDay.TryRead(to, out last))
        {
            return LocationProblems.WrongDay("to");
        }

        return last.DayNumber - first.DayNumber is < 0 or > MostDays
            ? Problems.Invalid("to", $"This is before `from`, or more than {MostDays} days after it.")
            : TypedResults.Ok(await BetweenAsync(database, id, first, last, cancellationToken));
    }

    public static async Task<IReadOnlyList<ExceptionResponse>> BetweenAsync(
        Database<BookingsModule> database, Guid id, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<ExceptionRow>(
            """
            select day, hours::text as hours, reason from opening_exceptions
            where location_id = @id and day between @first and @last
            order by day
            """, new { id, first, last }, cancellationToken);
        return [.. rows.Select(row => new ExceptionResponse(row.Day, OpeningHoursJson.ReadDay(row.Hours), row.Reason))];
    }

    private sealed record ExceptionRow(DateOnly Day, string Hours, string? Reason);
}
