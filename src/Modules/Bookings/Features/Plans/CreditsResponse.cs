using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Plans;

/// <summary>Who pays for a member's bookings.</summary>
public enum PayerKind
{
    Member,
    Team,
}

/// <summary>What a member's bookings are paid with.</summary>
/// <param name="Team">The team that pays; null where the member does.</param>
/// <param name="Plan">Of the one who pays.</param>
/// <param name="Months">This one, the next two, and later ones in which something was given or used.</param>
public sealed record CreditsResponse(
    PayerKind Payer, Guid PayerId, string? Team, string? Plan, decimal DiscountPercent, decimal MonthlyCreditHours, IReadOnlyList<MonthOfCredits> Months);

/// <summary>Hours for bookings that begin in a month.</summary>
/// <param name="Given">By the plan and by hand.</param>
/// <param name="Used">By bookings, without what was given back.</param>
public sealed record MonthOfCredits(string Month, decimal Given, decimal Used, decimal Balance);

internal static class CreditsView
{
    public static async Task<CreditsResponse> ShowAsync(
        Database<BookingsModule> database, Payer payer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What the plan will give is there already to whoever looks: it is entered when somebody uses it.
        var months = await database.QueryAsync<MonthOfCredits>(
            """
            select to_char(month, 'YYYY-MM') as month, given, used, given - used as balance
            from (
                select months.month,
                       coalesce(sum(hours) filter (where kind in ('grant', 'adjustment')), 0)
                     + case when @PlanId::uuid is null or bool_or(kind = 'grant' and plan_id = @PlanId) then 0 else @MonthlyCreditHours end as given,
                       -coalesce(sum(hours) filter (where kind in ('use', 'return')), 0) as used
                from (
                    select generate_series(@month::date, @month::date + interval '2 months', interval '1 month')::date as month
                    union
                    select month from credit_entries where payer_kind = @Kind and payer_id = @Id and month > @month) as months
                left join credit_entries as entry on entry.payer_kind = @Kind and entry.payer_id = @Id and entry.month = months.month
                group by months.month) as sums
            order by sums.month
            """, new { payer.Kind, payer.Id, payer.PlanId, payer.MonthlyCreditHours, month = CreditMonth.At(now) }, cancellationToken);
        return new(
            payer.Kind == "team" ? PayerKind.Team : PayerKind.Member, payer.Id, payer.Name, payer.Plan, payer.DiscountPercent,
            payer.MonthlyCreditHours, months);
    }
}
