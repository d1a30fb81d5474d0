namespace Portico.Host.Agreement;

/// <summary>What the modules have to agree about once every fact has arrived.</summary>
internal static class AcrossModules
{
    private const string LiveAccounts = "select id, 1::numeric from accounts where status <> 'deleted' order by id";

    public static readonly IReadOnlyList<Comparison> All =
    [
        Known("members", "profiles"),
        Known("bookings", "people"),
        Known("payments", "people"),
        Known("notifications", "people"),
        Known("activity", "people"),
        new(
            "bookings count as paid what payments took for them and did not give back",
            "bookings", "select id, paid from bookings where paid > 0 order by id",
            "payments",
            """
            select booking_id, sum(amount - refunded), sum(amount) from payments
            where booking_id is not null and status = 'succeeded' group by booking_id order by booking_id
            """),
        new(
            "what a booking waits for is owed",
            "bookings",
            "select id, total - paid from bookings where status = 'awaiting_payment' and total > paid order by id",
            "payments",
            // To half of a coin: Bookings keeps a price with more digits than its currency has.
            """
            select booking_id, 0::numeric, sum(amount) + 0.5 from transactions
            where booking_id is not null and status = 'owed' and called_off is null group by booking_id order by booking_id
            """),
        new(
            "who has a plan is known to payments",
            "bookings", "select member_id, 1::numeric from held_plans order by member_id",
            "payments", "select member_id, 1::numeric, 1::numeric from plan_days where last_day is null order by member_id"),
        new(
            "every transaction is counted once",
            "payments", "select member_id, count(*)::numeric from transactions group by member_id order by member_id",
            "analytics", "select subject, transactions::numeric, transactions::numeric from counts where kind = 'member' order by subject"),
        new(
            "every paid transaction is counted once",
            "payments", "select member_id, count(*)::numeric from transactions where status = 'paid' group by member_id order by member_id",
            "analytics", "select subject, paid_transactions::numeric, paid_transactions::numeric from counts where kind = 'member' order by subject"),
        new(
            "what is paid for bookings is counted once",
            "payments",
            """
            select payments.booking_id, sum(line.amount) from payments join payment_lines as line on payment_id = payments.id
            where payments.booking_id is not null and status = 'succeeded' and live group by payments.booking_id order by payments.booking_id
            """,
            "analytics", "select booking_id, sum(paid), sum(paid) from booking_money group by booking_id order by booking_id"),
        new(
            "what went back for bookings is counted once",
            "payments",
            """
            select payments.booking_id, sum(line.refunded + line.taken) from payments join payment_lines as line on payment_id = payments.id
            where payments.booking_id is not null and status = 'succeeded' and live group by payments.booking_id order by payments.booking_id
            """,
            "analytics", "select booking_id, sum(refunded), sum(refunded) from booking_money group by booking_id order by booking_id"),
        new(
            "every transaction of the last months is in the audit trail once",
            // No month younger than a year is ever dropped from the trail.
            "payments", "select id, 1::numeric from transactions where created_at >= date_trunc('month', now(), 'UTC') - interval '11 months' order by id",
            "activity",
            """
            select transaction, count(*)::numeric, count(*)::numeric from (
                select (after ->> 'transaction_id')::uuid as transaction from audit.records
                where type = 'transaction.created' and (after ->> 'timestamp')::timestamptz >= date_trunc('month', now(), 'UTC') - interval '11 months'
            ) as recorded group by transaction order by transaction
            """),
    ];

    private static Comparison Known(string module, string people) => new(
        $"everybody with an account is known to {module}", "auth", LiveAccounts,
        module, $"select id, 1::numeric, 1::numeric from {people} where status <> 'deleted' order by id");
}
