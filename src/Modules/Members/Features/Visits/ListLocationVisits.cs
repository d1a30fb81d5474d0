using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Members.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

/// <summary>Who is in, or was.</summary>
internal static class ListLocationVisits
{
    public static async Task<Results<Ok<Page<VisitResponse>>, ProblemHttpResult>> Handle(
        Guid id,
        bool? open,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return VisitList.WrongCursor();
        }

        if (!await database.RunsAsync(user, id, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<VisitResponse>(
            $"""
            select {VisitList.Columns} from {VisitList.Tables}
            where visits.location_id = @id and (@open::boolean is null or (visits.ended_at is null) = @open)
              and {VisitList.NewestAfterCursor}
            """, new { id, open, afterStart = cursor?.Instant, afterId = cursor?.Id, size }, cancellationToken);
        return TypedResults.Ok(VisitList.Cut(rows, size));
    }
}
