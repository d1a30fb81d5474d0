using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Events;

/// <summary>Everybody who is expected; whoever is not named is not.</summary>
public sealed record ReplaceRosterRequest([property: Required, MaxLength(RosterQueries.Longest)] Guid[]? MemberIds);

/// <summary>What became of the roster.</summary>
public sealed record RosterResponse(int Added, int Removed, int Size);

internal static class ReplaceRoster
{
    public static async Task<Results<Ok<RosterResponse>, ProblemHttpResult>> Handle(
        Guid id, ReplaceRosterRequest request, Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        Guid[] memberIds = [.. request.MemberIds!.Distinct()];
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.TakeEventAsync(id, user, cancellationToken) is not { } row)
        {
            return EventProblems.NotFound();
        }

        if (RosterProblems.RefusalOf(row) is { } refusal)
        {
            return refusal;
        }

        if (await change.FindUnknownAsync(memberIds, cancellationToken) is { Count: > 0 } unknown)
        {
            return RosterProblems.Unknown(unknown);
        }

        var removed = await change.QueryAsync<Guid>(
            "delete from event_roster where event_id = @id and member_id <> all(@memberIds) returning member_id",
            new { id, memberIds }, cancellationToken);
        var attended = await change.QueryAsync<Guid>(
            "select member_id from attendance where event_id = @id and member_id = any(@removed)", new { id, removed }, cancellationToken);
        if (attended.Count > 0)
        {
            return RosterProblems.Attended(attended);
        }

        var added = await change.AddToRosterAsync(id, memberIds, user.Id, time.GetUtcNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new RosterResponse(added, removed.Count, memberIds.Length));
    }
}
