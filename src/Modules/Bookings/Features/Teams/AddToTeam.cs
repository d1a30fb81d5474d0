using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Bookings.Features.Plans;
using Portico.Platform.Data;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Teams;

internal static class AddToTeam
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, [FromRoute(Name = "member_id")] Guid memberId, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (!await change.HoldMemberAsync(memberId, cancellationToken))
        {
            return PlanProblems.MemberNotFound();
        }

        // Whoever adds somebody else waits, and whoever gives the team another plan, and then finds the member in it.
        if (await change.FindAsync<Guid?>("select id from teams where id = @id for no key update", new { id }, cancellationToken) is null)
        {
            return TeamProblems.NotFound();
        }

        int added;
        try
        {
            added = await change.ExecuteAsync(
                """
                insert into team_members as known (member_id, team_id, added_at) values (@memberId, @id, @now)
                on conflict (member_id) do update set team_id = excluded.team_id where known.team_id = excluded.team_id
                """, new { id, memberId, now }, cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "team_members_seats")
        {
            return Problems.Conflict("no-seat-left", "The team's membership has no more seats.");
        }

        if (added == 0)
        {
            return Problems.Conflict("in-another-team", "Another team pays for the member. Take the member out of it first.");
        }

        await change.TellPlansAsync([memberId], now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
