using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

/// <summary>Somebody who is expected. The names are null while, or since, there is no profile.</summary>
public sealed record RosterEntry(Guid MemberId, string? Username, string? Name, string? Surname, DateTimeOffset AddedAt);

internal static class ShowRoster
{
    public static async Task<Results<Ok<Page<RosterEntry>>, ProblemHttpResult>> Handle(
        Guid id, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return EventProblems.WrongCursor();
        }

        if (await database.FindRunEventAsync(id, user, cancellationToken) is null)
        {
            return EventProblems.NotFound();
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<RosterEntry>(
            """
            select named.member_id, username, name, surname, added_at
            from event_roster as named left join profiles on profiles.id = named.member_id
            where named.event_id = @id
              and (@afterId::uuid is null or (coalesce(username, ''), named.member_id) > (@afterName, @afterId))
            order by coalesce(username, ''), named.member_id
            limit @size + 1
            """, new { id, afterName = cursor?.Value, afterId = cursor?.Id, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => Cursor.Of(last.Username ?? "", last.MemberId)));
    }
}
