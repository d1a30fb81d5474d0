using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Waiting;

internal static class LeaveWaitingList
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var left = await change.ExecuteAsync(
            "update waiting_entries set status = 'left' where id = @id and member_id = @userId and status = 'waiting'", new { id, userId = user.Id }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return left == 1 ? TypedResults.NoContent() : Problems.NotFound("waiting-not-found", "You do not wait for that.");
    }
}
