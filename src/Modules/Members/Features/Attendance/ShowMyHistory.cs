using System.ComponentModel.DataAnnotations;
using Portico.Members.Features.Events;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

internal static class ShowMyHistory
{
    public static async Task<Results<Ok<Page<AttendedEvent>>, ProblemHttpResult>> Handle(
        [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        Cursor.TryReadInstant(after, out var cursor)
            ? TypedResults.Ok(await database.PageOfAttendanceAsync("true", new(user.Id, false, Guid.Empty), cursor, limit, cancellationToken))
            : EventProblems.WrongCursor();
}
