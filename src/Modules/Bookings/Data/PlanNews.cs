using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>Tells the other modules which plan a member has.</summary>
internal static class PlanNews
{
    /// <summary>
    /// What is another plan now than was told last. It comes after what is changed: of two changes at once the one that is here later
    /// waits, and tells of both.
    /// </summary>
    /// <param name="sinceLong">Whether the members may have had their plans for long; else they have them from now on.</param>
    public static async Task TellPlansAsync(
        this Change change, Guid[] memberIds, DateTimeOffset now, CancellationToken cancellationToken, bool sinceLong = false)
    {
        await change.ExecuteAsync(
            """
            insert into plans_told (member_id) select member_id from unnest(@memberIds) as member_id order by member_id on conflict do nothing;
            select from plans_told where member_id = any(@memberIds) order by member_id for update
            """, new { memberIds }, cancellationToken);
        foreach (var one in await change.QueryAsync<News>(
            """
            with news as (
                select told.member_id, told.plan_id as before, held.plan_id, plans.name as plan, held.team_id, held.since
                from plans_told as told
                left join held_plans as held on held.member_id = told.member_id
                left join plans on plans.id = held.plan_id
                where told.member_id = any(@memberIds) and held.plan_id is distinct from told.plan_id)
            update plans_told set plan_id = news.plan_id from news where plans_told.member_id = news.member_id
            returning news.member_id, news.before, news.plan_id, news.plan, news.team_id, news.since
            """, new { memberIds }, cancellationToken))
        {
            if (one.PlanId is { } planId)
            {
                change.Publish(new PlanGiven(one.MemberId, planId, one.Plan!, one.TeamId, sinceLong ? one.Since!.Value : now, now));
            }
            else
            {
                change.Publish(new PlanTaken(one.MemberId, one.Before!.Value, now));
            }
        }
    }

    private sealed record News(Guid MemberId, Guid? Before, Guid? PlanId, string? Plan, Guid? TeamId, DateTimeOffset? Since);
}
