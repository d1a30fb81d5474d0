using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Plans;

/// <summary>Which plan it is to be.</summary>
public sealed record GivePlanRequest([property: Required] Guid? PlanId);

/// <summary>A member's own plan. While the member is in a team, the team's holds instead.</summary>
public sealed record MemberPlanResponse(Guid MemberId, Guid PlanId, string Plan, DateTimeOffset Since);

/// <summary>Hours of a month that were given by an earlier plan stay.</summary>
internal static class GiveMemberPlan
{
    public static async Task<Results<Ok<MemberPlanResponse>, ProblemHttpResult>> Handle(
        Guid id, GivePlanRequest request, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (!await change.HoldMemberAsync(id, cancellationToken))
        {
            return PlanProblems.MemberNotFound();
        }

        var (plan, refusal) = await change.HoldPlanAsync(request.PlanId!.Value, cancellationToken);
        if (plan is null)
        {
            return refusal!;
        }

        var since = await change.GivePlanAsync(id, plan.Id, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new MemberPlanResponse(id, plan.Id, plan.Name, since));
    }
}
