using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>What is true of day passes and of the days they were used on.</summary>
internal static class DayPassInvariants
{
    public static readonly IReadOnlyList<Invariant> All =
    [
        new(
            "every pass has used the days that visits used of it, and no more than it has",
            """
            select format('%s has used %s of %s days, and %s visits', day_passes.id, used, days, count(visit_id))
            from day_passes left join visited_days on pass_id = day_passes.id
            group by day_passes.id having used <> count(visit_id) or used > days
            """),
        new(
            "every day used a pass that was its member's and good for it",
            """
            select format('%s of %s used %s of %s', visit_id, visited_days.member_id, pass.id, pass.member_id)
            from visited_days join day_passes as pass on pass.id = pass_id
            where pass.member_id <> visited_days.member_id or day not between first_day and last_day
               or (pass.location_id is not null and pass.location_id <> visited_days.location_id)
               or (covered_by = 'door' and not at_door)
            """),
        new(
            "nobody used a pass on a day of a plan",
            """
            select format('%s of %s used a pass on %s', visit_id, visited_days.member_id, day)
            from visited_days join plan_days as plan on plan.member_id = visited_days.member_id and first_day <= day and (last_day is null or last_day >= day)
            where pass_id is not null
            """),
        new(
            "every pass was charged its price",
            """
            select format('%s costs %s %s, and was charged %s', pass.id, pass.price, pass.currency, coalesce(amount, 0))
            from day_passes as pass left join transactions on transactions.id = transaction_id
            where pass.price <> coalesce(amount, 0) or pass.currency <> coalesce(transactions.currency, pass.currency)
               or pass.member_id <> coalesce(transactions.member_id, pass.member_id) or coalesce(fee, 'day_pass') <> 'day_pass'
            """),
        new(
            "everything charged for day passes is for one",
            "select id::text from transactions where fee = 'day_pass' and not exists (select from day_passes where transaction_id = transactions.id)"),
    ];
}
