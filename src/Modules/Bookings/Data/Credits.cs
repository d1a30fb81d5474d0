using Npgsql;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>Who pays for a member's bookings, and by which plan: the member's team, or the member.</summary>
/// <param name="HasEntries">Whether there is anything in the ledger. Without, and without a plan, there are no hours to ask for.</param>
/// <param name="MemberStatus">Of the member's account: <c>active</c>, <c>suspended</c> or <c>deleted</c>.</param>
internal sealed record Payer(
    string Kind, Guid Id, string? Name, Guid? PlanId, string? Plan, decimal DiscountPercent, decimal MonthlyCreditHours, bool HasEntries,
    string MemberRole, string MemberStatus)
{
    public bool MayHaveCredits => HasEntries || MonthlyCreditHours > 0;

    public PricePayer WithCredits(decimal hours) => new(Plan, DiscountPercent, hours);
}

/// <summary>
/// Hours in the ledger, by payer and month. A month's hours of the plan are entered when somebody first asks for that month in
/// a change; what was entered stays, whatever becomes of the plan.
/// </summary>
internal static class Credits
{
    // A team's plan, or that there is none, is what its members have.
    public const string FindPayer =
        """
        select case when teams.id is null then 'member' else 'team' end as kind, coalesce(teams.id, people.id) as id, teams.name,
               plans.id as plan_id, plans.name as plan, coalesce(plans.discount_percent, 0) as discount_percent,
               coalesce(plans.monthly_credit_hours, 0) as monthly_credit_hours,
               exists (
                   select from credit_entries
                   where payer_kind = case when teams.id is null then 'member' else 'team' end and payer_id = coalesce(teams.id, people.id)) as has_entries,
               people.role as member_role, people.status as member_status
        from people
        left join team_members on team_members.member_id = people.id
        left join teams on teams.id = team_members.team_id
        left join member_plans on member_plans.member_id = people.id and teams.id is null
        left join plans on plans.id = coalesce(teams.plan_id, member_plans.plan_id)
        where people.id = @memberId
        """;

    /// <summary>Null when nobody heard of the member.</summary>
    public static Task<Payer?> PayerOfAsync(Change change, Guid memberId, CancellationToken cancellationToken) =>
        change.FindAsync<Payer>(FindPayer, new { memberId }, cancellationToken);

    /// <summary>Null when nobody heard of the member.</summary>
    public static Task<Payer?> PayerOfAsync(Database<BookingsModule> database, Guid memberId, CancellationToken cancellationToken) =>
        database.FindAsync<Payer>(FindPayer, new { memberId }, cancellationToken);

    /// <summary>The hours left, with those that the plan will give when somebody first asks for the month in a change.</summary>
    public static async Task<decimal> BalanceAsync(
        Database<BookingsModule> database, Payer payer, DateOnly month, DateTimeOffset now, CancellationToken cancellationToken) =>
        await database.FindAsync<decimal>(
            """
            select coalesce(sum(hours), 0)
                 + case when @planId::uuid is null or @month < @earliest or bool_or(kind = 'grant' and plan_id = @planId) then 0 else @given end
            from credit_entries
            where payer_kind = @Kind and payer_id = @Id and month = @month
            """,
            new { payer.Kind, payer.Id, payer.PlanId, month, earliest = CreditMonth.EarliestAt(now), given = payer.MonthlyCreditHours },
            cancellationToken);

    /// <summary>
    /// Waits for all months that a change will touch: those of <paramref name="months"/>, and those from which the bookings took
    /// hours. A change that touches one month needs no more than <c>BalanceAsync</c>; one that moves, repeats or calls off
    /// several bookings begins with this, since two that met in opposite orders would wait for each other.
    /// </summary>
    public static Task LockAsync(Change change, Payer payer, DateOnly[] months, Guid[] bookings, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            select lock_credits(payer_kind, payer_id, month)
            from (
                select payer_kind, payer_id, month from credit_entries where booking_id = any(@bookings)
                union
                select @Kind, @Id, unnest(@months)
                order by payer_kind, payer_id, month) as touched
            """, new { payer.Kind, payer.Id, months, bookings }, cancellationToken);

    /// <summary>The hours left, which nobody else can use until the change ends.</summary>
    public static async Task<decimal> BalanceAsync(Change change, Payer payer, DateOnly month, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A statement of its own: the next one sees what was committed while this one waited.
        await change.ExecuteAsync("select lock_credits(@Kind, @Id, @month)", new { payer.Kind, payer.Id, month }, cancellationToken);
        if (payer is { PlanId: { } planId, MonthlyCreditHours: > 0 } && month >= CreditMonth.EarliestAt(now))
        {
            await change.ExecuteAsync(
                """
                insert into credit_entries (id, payer_kind, payer_id, month, hours, kind, plan_id, at)
                values (@entryId, @Kind, @Id, @month, @given, 'grant', @planId, @now)
                on conflict (payer_kind, payer_id, month, plan_id) where kind = 'grant' do nothing
                """,
                new { entryId = Guid.CreateVersion7(now), payer.Kind, payer.Id, month, given = payer.MonthlyCreditHours, planId, now }, cancellationToken);
        }

        return await change.FindAsync<decimal>(
            "select coalesce(sum(hours), 0) from credit_entries where payer_kind = @Kind and payer_id = @Id and month = @month",
            new { payer.Kind, payer.Id, month }, cancellationToken);
    }

    /// <summary>Takes hours for a booking. Ask for the balance first, in the same change: more than that is refused by the database.</summary>
    public static async Task UseAsync(
        Change change, Payer payer, DateOnly month, decimal hours, Guid bookingId, Guid? byId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (hours > 0)
        {
            await change.ExecuteAsync(
                """
                insert into credit_entries (id, payer_kind, payer_id, month, hours, kind, booking_id, by_id, at)
                values (@entryId, @Kind, @Id, @month, -@hours, 'use', @bookingId, @byId, @now)
                """,
                new { entryId = Guid.CreateVersion7(now), payer.Kind, payer.Id, month, hours, bookingId, byId, now }, cancellationToken);
        }
    }

    /// <summary>
    /// Gives back what a booking used, to whom and to the month that it was taken from, and answers how much that was: no more
    /// than it has still used, whatever is asked. The caller holds the booking's lock.
    /// </summary>
    public static async Task<decimal> GiveBackAsync(
        Change change, Guid bookingId, decimal hours, Guid? byId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (hours <= 0)
        {
            return 0;
        }

        var used = await change.QueryAsync<Used>(
            """
            select payer_kind, payer_id, month, -sum(hours) as hours
            from credit_entries where booking_id = @bookingId
            group by payer_kind, payer_id, month having sum(hours) < 0
            order by month, payer_kind, payer_id
            """, new { bookingId }, cancellationToken);
        var left = hours;
        foreach (var from in used)
        {
            var back = Math.Min(left, from.Hours);
            if (back <= 0)
            {
                break;
            }

            await change.ExecuteAsync(
                """
                insert into credit_entries (id, payer_kind, payer_id, month, hours, kind, booking_id, by_id, at)
                values (@entryId, @PayerKind, @PayerId, @Month, @back, 'return', @bookingId, @byId, @now)
                """,
                new { entryId = Guid.CreateVersion7(now), from.PayerKind, from.PayerId, from.Month, back, bookingId, byId, now }, cancellationToken);
            left -= back;
        }

        return hours - left;
    }

    /// <summary>How many of the payer's hours of that month a booking has.</summary>
    public static async Task<decimal> UsedAsync(Change change, Payer payer, DateOnly month, Guid bookingId, CancellationToken cancellationToken) =>
        await change.FindAsync<decimal>(
            """
            select coalesce(-sum(hours), 0) from credit_entries
            where booking_id = @bookingId and payer_kind = @Kind and payer_id = @Id and month = @month
            """, new { bookingId, payer.Kind, payer.Id, month }, cancellationToken);

    /// <summary>Whether the database refused to go below zero.</summary>
    public static bool AreExhausted(PostgresException refusal) => refusal.ConstraintName == "credits_never_negative";

    private sealed record Used(string PayerKind, Guid PayerId, DateOnly Month, decimal Hours);
}
