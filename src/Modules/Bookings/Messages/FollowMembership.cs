using Portico.Bookings.Data;
using Portico.Contracts.Payments;
using Portico.Platform.Data;
using Portico.Platform.Messaging;
using Portico.Platform.Time;

namespace Portico.Bookings.Messages;

/// <summary>
/// The plan of a membership is the member's, or the team's, while the membership runs. One that staff gave meanwhile stays when the membership
/// ends. A team has as many seats as its membership.
/// </summary>
internal sealed class FollowMembership(TimeProvider time, ILogger<FollowMembership> logger) :
    IHandleEvent<MembershipStarted>, IHandleEvent<MembershipChanged>, IHandleEvent<MembershipResumed>,
    IHandleEvent<MembershipPaused>, IHandleEvent<MembershipSuspended>, IHandleEvent<MembershipEnded>
{
    public async Task HandleAsync(MembershipStarted fact, Change change, CancellationToken cancellationToken)
    {
        await SeatAsync(change, fact.TeamId, fact.Seats, cancellationToken);
        await GiveAsync(change, fact.TeamId, fact.MemberId, fact.PlanId, cancellationToken);
    }

    public async Task HandleAsync(MembershipChanged fact, Change change, CancellationToken cancellationToken)
    {
        await SeatAsync(change, fact.TeamId, fact.Seats, cancellationToken);
        if (fact.PlanId != fact.PreviousPlanId)
        {
            await TakeAsync(change, fact.TeamId, fact.MemberId, fact.PreviousPlanId, cancellationToken);
            await GiveAsync(change, fact.TeamId, fact.MemberId, fact.PlanId, cancellationToken);
        }
    }

    public Task HandleAsync(MembershipResumed fact, Change change, CancellationToken cancellationToken) =>
        GiveAsync(change, fact.TeamId, fact.MemberId, fact.PlanId, cancellationToken);

    public Task HandleAsync(MembershipPaused fact, Change change, CancellationToken cancellationToken) =>
        TakeAsync(change, fact.TeamId, fact.MemberId, fact.PlanId, cancellationToken);

    public Task HandleAsync(MembershipSuspended fact, Change change, CancellationToken cancellationToken) =>
        TakeAsync(change, fact.TeamId, fact.MemberId, fact.PlanId, cancellationToken);

    public async Task HandleAsync(MembershipEnded fact, Change change, CancellationToken cancellationToken)
    {
        await SeatAsync(change, fact.TeamId, null, cancellationToken);
        await TakeAsync(change, fact.TeamId, fact.MemberId, fact.PlanId, cancellationToken);
    }

    private static Task SeatAsync(Change change, Guid? teamId, int? seats, CancellationToken cancellationToken) =>
        teamId is { } team ? change.SetSeatsAsync(team, seats, cancellationToken) : Task.CompletedTask;

    private async Task GiveAsync(Change change, Guid? teamId, Guid memberId, Guid? planId, CancellationToken cancellationToken)
    {
        if (planId is not { } given)
        {
            return;
        }

        if (teamId is null)
        {
            await change.EnsurePersonAsync(memberId, cancellationToken);
            if (!await change.HoldMemberAsync(memberId, cancellationToken))
            {
                return;
            }
        }

        // Retired or not: it is paid for.
        if (await change.FindAsync<Guid?>("select id from plans where id = @given for share", new { given }, cancellationToken) is null)
        {
            logger.PlanOfMembershipUnknown(given);
            return;
        }

        if (teamId is { } team)
        {
            await change.SetTeamPlanAsync(team, given, time.GetStoredNow(), cancellationToken);
        }
        else
        {
            await change.GivePlanAsync(memberId, given, time.GetStoredNow(), cancellationToken);
        }
    }

    private async Task TakeAsync(Change change, Guid? teamId, Guid memberId, Guid? planId, CancellationToken cancellationToken)
    {
        if (planId is not { } taken)
        {
            return;
        }

        if (teamId is { } team)
        {
            await change.TakeTeamPlanAsync(team, taken, time.GetStoredNow(), cancellationToken);
        }
        else
        {
            await change.TakePlanAsync(memberId, taken, time.GetStoredNow(), cancellationToken);
        }
    }
}

internal static partial class FollowMembershipLog
{
    [LoggerMessage(LogLevel.Warning, "A membership brings a plan that is not there: {PlanId}")]
    public static partial void PlanOfMembershipUnknown(this ILogger logger, Guid planId);
}
