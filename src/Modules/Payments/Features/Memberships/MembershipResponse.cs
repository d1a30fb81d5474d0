using Portico.Platform.Data;

namespace Portico.Payments.Features.Memberships;

/// <summary>A membership. Days are those of the house's time zone.</summary>
/// <param name="PlanId">The plan in Bookings that comes with it.</param>
/// <param name="Price">Of the period that runs, tax included, in <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="Status"><c>active</c>, <c>past_due</c>, <c>suspended</c>, <c>paused</c> or <c>ended</c>.</param>
/// <param name="PeriodEnd">The first day after the period.</param>
/// <param name="Credit">Taken off the next periods.</param>
/// <param name="LeftOver">Of one that has ended: what has not gone back yet, because it is being paid or disputed.</param>
/// <param name="PauseMonths">For how long it rests once the period is over.</param>
/// <param name="PausedUntil">The day it goes on by itself.</param>
/// <param name="CancelAt">The day it ends.</param>
/// <param name="TeamId">The team whose it is, and <paramref name="MemberId"/> pays; null where it is the member's own.</param>
/// <param name="Seats">For how many people; the price is that of all of them.</param>
public sealed record MembershipResponse(
    Guid Id, Guid MemberId, Guid OfferId, string Offer, Guid? PlanId, decimal Price, string Currency, string Status, DateOnly PeriodStart, DateOnly PeriodEnd,
    decimal Credit, int? PauseMonths, DateOnly? PausedUntil, DateOnly? CancelAt, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, decimal LeftOver,
    Guid? TeamId, string? Team, int Seats)
{
    internal const string Columns =
        """
        memberships.id, memberships.member_id, memberships.offer_id, offer.name as offer, offer.plan_id, memberships.price, memberships.currency,
        memberships.status, memberships.period_start, memberships.period_end, memberships.credit, memberships.pause_months, memberships.paused_until,
        memberships.cancel_at, memberships.started_at, memberships.ended_at, memberships.left_over,
        memberships.team_id, memberships.team, memberships.seats
        """;

    internal const string Tables = "memberships join membership_offers as offer on offer.id = memberships.offer_id";
}

internal static class MembershipAnswer
{
    /// <summary>How it stands after the change, which is then made durable.</summary>
    public static async Task<Ok<MembershipResponse>> AnswerAsync(this Change change, Guid id, CancellationToken cancellationToken)
    {
        var answer = await change.FindAsync<MembershipResponse>(
            $"select {MembershipResponse.Columns} from {MembershipResponse.Tables} where memberships.id = @id", new { id }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(answer!);
    }
}
