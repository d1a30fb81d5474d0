using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

/// <summary>How it is open on that day. An empty list closes it.</summary>
public sealed record SetExceptionRequest(
    [property: Required, MaxLength(WellFormedHours.MostOfADay)] IReadOnlyList<DayRange> Hours,
    [property: StringLength(200, MinimumLength = 1), RegularExpression(LocationLimits.NotBlank, ErrorMessage = LocationLimits.SomethingNeeded)] string? Reason = null);

internal static class SetException
{
    public static async Task<Results<Ok<ExceptionResponse>, ProblemHttpResult>> Handle(
        Guid id,
        string date,
        SetExceptionRequest request,
        Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!CalendarDay.TryRead(date, out var day))
        {
            return LocationProblems.WrongDay("date");
        }

        if (WellFormedHours.Refuse(request.Hours) is { } wrong)
        {
            return Problems.Invalid("hours", wrong);
        }

        if (!await database.RunsAsync(user, id, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        var (hours, reason) = (OpeningHoursJson.Write(request.Hours), request.Reason?.Trim());
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Guid?>("select id from locations where id = @id and retired_at is null for share", new { id }, cancellationToken) is null)
        {
            return LocationProblems.Retired();
        }

        await change.ExecuteAsync(
            """
            insert into opening_exceptions (location_id, day, hours, reason) values (@id, @day, @hours::jsonb, @reason)
            on conflict (location_id, day) do update set hours = excluded.hours, reason = excluded.reason
            """, new { id, day, hours, reason }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new ExceptionResponse(day, OpeningHoursJson.ReadDay(hours), reason));
    }
}
