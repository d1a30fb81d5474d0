using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

/// <summary>A member's visits, as far as they were to locations the caller runs.</summary>
internal static class ListMemberVisits
{
    public static async Task<Results<Ok<Page<VisitResponse>>, ProblemHttpResult>> Handle(
        Guid id,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return VisitList.WrongCursor();
        }

        if (await database.FindAsync<Guid?>("select id from profiles where id = @id", new { id }, cancellationToken) is null)
        {
            return Problems.NotFound("member-not-found", "There is no such member.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<VisitResponse>(
            $"""
            select {VisitList.Columns} from {VisitList.Tables}
            where visits.member_id = @id and {LocationScope.Sql}
              and {VisitList.NewestAfterCursor}
            """,
            new { id, isAdmin = user.IsAdmin, userId = user.Id, afterStart = cursor?.Instant, afterId = cursor?.Id, size }, cancellationToken);
        return TypedResults.Ok(VisitList.Cut(rows, size));
    }
}
