using Portico.Payments.Domain;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A membership as those see it who change it.</summary>
internal sealed record MembershipRow(
    Guid Id, Guid MemberId, Guid OfferId, decimal Price, string Currency, string Status, int AnchorDay, DateOnly PeriodStart, DateOnly PeriodEnd, decimal Credit,
    int? PauseMonths, DateOnly? PausedUntil, DateOnly? CancelAt, decimal LeftOver, Guid? TeamId = null,
    string? Team = null, int Seats = 1)
{
    public const string Columns =
        """
        memberships.id, memberships.member_id, memberships.offer_id, memberships.price, memberships.currency, memberships.status, memberships.anchor_day,
        memberships.period_start, memberships.period_end, memberships.credit, memberships.pause_months, memberships.paused_until, memberships.cancel_at, memberships.left_over,
        memberships.team_id, memberships.team, memberships.seats
        """;

    public BillingPeriod Period => new(PeriodStart, PeriodEnd);

    /// <summary>The offer at the price of all seats.</summary>
    public OfferRow ForAll(OfferRow offer) =>
        TeamId is null ? offer : offer with { Name = $"{offer.Name} for {Team}, {Seats} {(Seats == 1 ? "seat" : "seats")}", Price = offer.Price * Seats };

    /// <summary>Whether it is of use now, and its periods are charged.</summary>
    public bool Runs => Status is "active" or "past_due";
}

/// <summary>What members can have.</summary>
internal sealed record OfferRow(Guid Id, string Name, decimal Price, string Currency, decimal TaxPercent, Guid? PlanId, bool Active)
{
    public const string Columns = "id, name, price, currency, tax_percent, plan_id, active";
}

/// <summary>Whose membership it is.</summary>
internal readonly record struct MembershipOwner(Guid Id, bool IsTeam)
{
    public static MembershipOwner Member(Guid id) => new(id, false);

    public static MembershipOwner Team(Guid id) => new(id, true);

    /// <summary>In SQL over <c>memberships</c>, with <c>@Id</c>.</summary>
    public string Sql => IsTeam ? "memberships.team_id = @Id" : "memberships.member_id = @Id and memberships.team_id is null";
}

/// <summary>Whoever changes a membership locks it first and opens its member's accounts then: in this order everywhere.</summary>
internal static class MembershipSql
{
    /// <summary>The one that the member or the team has, until the change ends.</summary>
    public static Task<MembershipRow?> LockMembershipAsync(this Change change, MembershipOwner owner, CancellationToken cancellationToken) =>
        change.FindAsync<MembershipRow>(
            $"select {MembershipRow.Columns} from memberships where {owner.Sql} and status <> 'ended' for update", new { owner.Id }, cancellationToken);

    /// <summary>Those that the member pays for and that stand so, in the order of their ids, until the change ends.</summary>
    public static Task<IReadOnlyList<MembershipRow>> LockPaidAsync(this Change change, Guid memberId, string[] statuses, CancellationToken cancellationToken) =>
        change.QueryAsync<MembershipRow>(
            $"select {MembershipRow.Columns} from memberships where member_id = @memberId and status = any(@statuses) order by id for update", new { memberId, statuses },
            cancellationToken);

    /// <summary>What it has, at the price of all its seats.</summary>
    public static async Task<OfferRow> FindOfferAsync(this Change change, MembershipRow membership, CancellationToken cancellationToken) =>
        membership.ForAll((await change.FindOfferAsync(membership.OfferId, cancellationToken))!);

    public static Task<OfferRow?> FindOfferAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.FindAsync<OfferRow>($"select {OfferRow.Columns} from membership_offers where id = @id", new { id }, cancellationToken);
}
