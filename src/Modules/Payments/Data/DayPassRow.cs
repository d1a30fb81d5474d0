using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>What members without a plan can have.</summary>
internal sealed record DayPassOfferRow(
    Guid Id, string Name, decimal Price, string Currency, decimal TaxPercent, int Days, int ValidDays, Guid? LocationId, bool AtDoor, bool Active)
{
    public const string Columns = "id, name, price, currency, tax_percent, days, valid_days, location_id, at_door, active";
}

/// <summary>A day of somebody at a location.</summary>
/// <param name="CoveredBy"><c>membership</c>, <c>plan</c>, <c>staff</c>, <c>pass</c>, <c>door</c>, <c>house</c> or <c>nothing</c>.</param>
internal sealed record VisitedDayRow(Guid VisitId, Guid MemberId, Guid LocationId, DateOnly Day, string CoveredBy, Guid? PassId)
{
    public const string Columns = "visit_id, member_id, location_id, day, covered_by, pass_id";
}

/// <summary>Whoever changes a member's passes or visited days locks them first, and opens the member's accounts then: in this order everywhere.</summary>
internal static class DayPassSql
{
    /// <summary>Everything about a member's passes waits for this, until the change ends.</summary>
    public static Task LockPassesAsync(this Change change, Guid memberId, CancellationToken cancellationToken) =>
        change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('day_passes ' || @memberId::text, 0))", new { memberId }, cancellationToken);

    public static Task<DayPassOfferRow?> FindDayPassOfferAsync(this Change change, Guid id, CancellationToken cancellationToken) =>
        change.FindAsync<DayPassOfferRow>($"select {DayPassOfferRow.Columns} from day_pass_offers where id = @id", new { id }, cancellationToken);

    /// <summary>By what the member's day is paid for already: <c>membership</c>, <c>plan</c>, or null.</summary>
    public static Task<string?> FindPlanAsync(this Change change, VisitedDayRow visit, CancellationToken cancellationToken) => change.FindAsync<string?>(
        """
        select case
            when exists (
                select from memberships join membership_periods as period on period.membership_id = memberships.id
                where memberships.member_id = @MemberId and team_id is null and status <> 'suspended'
                  and period.period_start <= @Day and (period.period_end > @Day or status in ('active', 'past_due'))) then 'membership'
            when exists (select from plan_days where member_id = @MemberId and first_day <= @Day and (last_day is null or last_day >= @Day)) then 'plan'
        end
        """, visit, cancellationToken);

    /// <summary>Of the passes that are good for the day and the location the one that ends first.</summary>
    public static Task<Guid?> FindPassAsync(this Change change, VisitedDayRow visit, CancellationToken cancellationToken) => change.FindAsync<Guid?>(
        """
        select pass.id from day_passes as pass left join transactions on transactions.id = pass.transaction_id
        where pass.member_id = @MemberId and pass.used < pass.days and pass.withdrawn_at is null and @Day between pass.first_day and pass.last_day
          and (pass.location_id is null or pass.location_id = @LocationId)
          and transactions.status is distinct from 'cancelled' and transactions.called_off is null
        order by pass.last_day, pass.id limit 1 for update of pass
        """, visit, cancellationToken);

    /// <summary>What is charged where there is no pass: what the location says before what the house says. Nobody is charged whose account is no more.</summary>
    public static Task<DayPassOfferRow?> FindDoorOfferAsync(this Change change, VisitedDayRow visit, CancellationToken cancellationToken) => change.FindAsync<DayPassOfferRow>(
        $"""
        select {DayPassOfferRow.Columns} from day_pass_offers
        where active and at_door and (location_id is null or location_id = @LocationId)
          and not exists (select from people where people.id = @MemberId and status = 'deleted')
        order by location_id nulls last limit 1
        """, visit, cancellationToken);
}
