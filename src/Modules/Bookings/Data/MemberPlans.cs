using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>A member's own plan, whether staff gave it or a membership brings it.</summary>
internal static class MemberPlans
{
    /// <summary>Answers since when the member has it.</summary>
    public static async Task<DateTimeOffset> GivePlanAsync(
        this Change change, Guid memberId, Guid planId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = await change.FindAsync<DateTimeOffset>(
            """
            insert into member_plans (member_id, plan_id, since) values (@memberId, @planId, @now)
            on conflict (member_id) do update
            set plan_id = excluded.plan_id, since = case when member_plans.plan_id = excluded.plan_id then member_plans.since else excluded.since end
            returning since
            """, new { memberId, planId, now }, cancellationToken);
        await change.TellPlansAsync([memberId], now, cancellationToken);
        return since;
    }

    /// <summary>Answers whether the member had it. <paramref name="planId"/> null: whichever it is.</summary>
    public static async Task<bool> TakePlanAsync(this Change change, Guid memberId, Guid? planId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await change.ExecuteAsync(
            "delete from member_plans where member_id = @memberId and (@planId::uuid is null or plan_id = @planId)", new { memberId, planId }, cancellationToken) == 0)
        {
            return false;
        }

        await change.TellPlansAsync([memberId], now, cancellationToken);
        return true;
    }
}
