using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Calendars;

/// <summary>From then on nobody reads anything at its address.</summary>
internal static class RevokeCalendar
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.ExecuteAsync("delete from calendars where id = @id and member_id = @userId", new { id, userId = user.Id }, cancellationToken) == 0)
        {
            return CalendarProblems.NotFound();
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
