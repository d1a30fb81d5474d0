using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Features.Plans;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Teams;

/// <summary>By name.</summary>
internal static class ListTeams
{
    public static async Task<Results<Ok<Page<TeamResponse>>, ProblemHttpResult>> Handle(
        [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, Database<BookingsModule> database, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return PlanProblems.WrongCursor();
        }

        var size = limit ?? Paging.DefaultLimit;
        // Teams stay, so the last one shown can say itself where it stands.
        var rows = await database.QueryAsync<TeamResponse>(
            $"""
            select {TeamResponse.Columns} from teams
            where @afterId::uuid is null or (lower(name), id) > (select lower(last.name), last.id from teams as last where last.id = @afterId)
            order by lower(name), id
            limit @size + 1
            """, new { afterId = cursor?.Id, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => Cursor.Of("", last.Id)));
    }
}
