using Portico.Payments.Domain;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A membership as those see it who change it.</summary>
internal sealed record MembershipRow(
    Guid Id, Guid MemberId, Guid OfferId, decimal Price, string Currency, string Status, int AnchorDay, DateOnly PeriodStart, DateOnly PeriodEnd, decimal Credit,
    int? PauseMonths, DateOnly? PausedUntil, DateOnly? CancelAt)
{
    public const string Columns =
        """
        memberships.id, memberships.member_id, memberships.offer_id, memberships.price, memberships.currency, memberships.status, memberships.anchor_day,
        memberships.period_start, memberships.period_end, memberships.credit, memberships.pause_months, memberships.paused_until, memberships.cancel_at
        """;

    public BillingPeriod Period => new(PeriodStart, PeriodEnd);

    /// <summary>Whether it is of use now, and its periods are charged.</summary>
    public bool Runs => Status is "active" or "past_due";
}

/// <summary>What members can have.</summary>
internal sealed record OfferRow(Guid Id, string Name, decimal Price, string Currency, decimal TaxPercent, Guid? PlanId, bool Active)
{
    public const string Columns = "id, name, price, currency, tax_percent, plan_id, active";
}

/// <summary>Whoever changes a membership locks it first and opens its member's accounts then: in this order everywhere.</summary>
internal static class MembershipSql
{
    /// <summary>The one that the member has, until the change ends.</summary>
    public static Task<MembershipRow?> LockMembershipAsync(this Change change, Guid memberId, CancellationToken cancellationToken) =>
        change.FindAsync<MembershipRow>(
            $"select {MembershipRow.Columns} from memberships where member_id = @memberId and status <> 'ended' for update", new { memberId }, cancellationToken);

    public static Task<OfferRow?> FindOfferAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.FindAsync<OfferRow>($"select {OfferRow.Columns} from membership_offers where id = @id", new { id }, cancellationToken);
}
