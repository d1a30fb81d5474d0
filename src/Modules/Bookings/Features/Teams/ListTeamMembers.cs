using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Features.Plans;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Teams;

/// <summary>Somebody for whom a team pays.</summary>
public sealed record TeamMemberResponse(Guid MemberId, string Username, string? Name, string? Surname, DateTimeOffset AddedAt);

/// <summary>Longest there first.</summary>
internal static class ListTeamMembers
{
    public static async Task<Results<Ok<Page<TeamMemberResponse>>, ProblemHttpResult>> Handle(
        Guid id, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return PlanProblems.WrongCursor();
        }

        if (await database.FindAsync<Guid?>("select id from teams where id = @id", new { id }, cancellationToken) is null)
        {
            return TeamProblems.NotFound();
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<TeamMemberResponse>(
            """
            select member_id, username, name, surname, added_at
            from team_members join people on people.id = team_members.member_id
            where team_id = @id and (@afterId::uuid is null or (added_at, member_id) > (@afterAt, @afterId))
            order by added_at, member_id
            limit @size + 1
            """, new { id, afterAt = cursor?.Instant, afterId = cursor?.Id, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => Cursor.Of(last.AddedAt, last.MemberId)));
    }
}
