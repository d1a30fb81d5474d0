using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

internal static class ListMyVisits
{
    public static async Task<Results<Ok<Page<VisitResponse>>, ProblemHttpResult>> Handle(
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return VisitList.WrongCursor();
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<VisitResponse>(
            $"""
            select {VisitList.Columns} from {VisitList.Tables}
            where visits.member_id = @Id and {VisitList.NewestAfterCursor}
            """, new { user.Id, afterStart = cursor?.Instant, afterId = cursor?.Id, size }, cancellationToken);
        return TypedResults.Ok(VisitList.Cut(rows, size));
    }
}
