using Portico.Platform.Data;

namespace Portico.Analytics.Data;

/// <summary>
/// Facts become numbers. Every counter is a sum over facts and every row the last fact about it, so that it does not matter when
/// facts of different keys come; those of one key come in order.
/// </summary>
internal static class Counting
{
    // What is counted is a range of positions. Two that keep facts at once would share out the positions between them, and who counts
    // last would count those of the other once more.
    public const string Lock = "select pg_advisory_xact_lock(hashtextextended('counting', 0))";

    private const string Transactions =
        """
        insert into placed_transactions (id, location_id, currency, amount)
        select (payload->>'transaction_id')::uuid, (payload->>'location_id')::uuid, payload->>'currency', (payload->>'amount')::numeric
        from facts where position between @first and @last and type = 'transaction.created' and payload->>'location_id' is not null
        on conflict do nothing;

        with moved as materialized (
            select * from moves where position between @first and @last
        ), seen as (
            insert into users (subject, member_id)
            select distinct subject, member_id from moved on conflict do nothing returning subject
        ), fresh as (
            select subject, count(*) as users from seen group by subject
        ), counted as (
            insert into counts (subject, kind, transactions, paid_transactions, events, users, last_event_at)
            select subject, kind, sum(transactions), sum(paid_transactions), sum(events), coalesce(max(fresh.users), 0), max(at)
            from moved left join fresh using (subject) where currency is null
            group by subject, kind
            on conflict (subject) do update
            set transactions = counts.transactions + excluded.transactions, paid_transactions = counts.paid_transactions + excluded.paid_transactions,
                events = counts.events + excluded.events, users = counts.users + excluded.users,
                last_event_at = greatest(counts.last_event_at, excluded.last_event_at)
        )
        insert into days (subject, currency, day, transactions, amount, paid, cancelled)
        select subject, currency, day, sum(transactions), sum(amount), sum(paid), sum(cancelled)
        from moved where currency is not null
        group by subject, currency, day
        on conflict (subject, currency, day) do update
        set transactions = days.transactions + excluded.transactions, amount = days.amount + excluded.amount, paid = days.paid + excluded.paid,
            cancelled = days.cancelled + excluded.cancelled;

        insert into booking_money (booking_id, currency, paid, refunded)
        select (payload->>'booking_id')::uuid, payload->>'currency',
               coalesce(sum((payload->>'amount')::numeric) filter (where type = 'payment.succeeded'), 0),
               coalesce(sum((payload->>'amount')::numeric) filter (where type = 'payment.reversed'), 0)
        from facts where position between @first and @last and type in ('payment.succeeded', 'payment.reversed') and payload->>'booking_id' is not null
        group by 1, 2
        on conflict (booking_id, currency) do update
        set paid = booking_money.paid + excluded.paid, refunded = booking_money.refunded + excluded.refunded
        """;

    private const string Bookings =
        """
        with told as (
            select position, payload->'booking' as booking, (payload->'booking'->>'booking_id')::uuid as id,
                   case type when 'booking.awaits_approval' then 'pending_approval' when 'booking.awaits_payment' then 'awaiting_payment'
                        when 'booking.changed' then null else substr(type, 9) end as status,
                   case type when 'booking.cancelled' then (payload->>'kept')::numeric end as kept,
                   case type when 'booking.completed' then (payload->>'at')::timestamptz end as left_at
            from facts where position between @first and @last and topic = 'bookings' and payload ? 'booking'
        ), latest as (
            select id, (array_agg(booking order by position desc))[1] as booking,
                   (array_agg(status order by position desc) filter (where status is not null))[1] as status,
                   coalesce(bool_or(status in ('confirmed', 'checked_in', 'completed', 'no_show')), false) as stood,
                   coalesce(max(kept), 0) as kept, max(left_at) as left_at
            from told group by id
        )
        insert into bookings (id, member_id, location_id, space_id, space_name, starts_at, ends_at, day, hour, status, stood, total, kept, currency, left_at)
        select id, (booking->>'member_id')::uuid, (booking->>'location_id')::uuid, (booking->>'space_id')::uuid, booking->>'space_name',
               (booking->>'starts_at')::timestamptz, (booking->>'ends_at')::timestamptz, local::date, extract(hour from local),
               -- Only of bookings made before anything was counted here the first that is told may be that they changed.
               coalesce(status, 'unknown'), stood, (booking->>'total')::numeric, kept, booking->>'currency', left_at
        from latest, lateral timezone(booking->>'time_zone', (booking->>'starts_at')::timestamptz) as local
        on conflict (id) do update
        set space_id = excluded.space_id, space_name = excluded.space_name, location_id = excluded.location_id, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at, day = excluded.day, hour = excluded.hour,
            status = case when excluded.status = 'unknown' then bookings.status else excluded.status end, stood = bookings.stood or excluded.stood,
            total = excluded.total, kept = greatest(bookings.kept, excluded.kept), currency = excluded.currency,
            left_at = coalesce(excluded.left_at, bookings.left_at);

        insert into locations (id, name, time_zone)
        select distinct on (key) key, payload->>'name', payload->>'time_zone'
        from facts where position between @first and @last and type = 'location.changed' order by key, position desc
        on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone;

        delete from location_staff as staff using facts
        where position between @first and @last and location_id = key
          and (type = 'location.staff_listed' or type = 'location.staff_changed' and account_id = (payload->>'account_id')::uuid);

        with listed as (
            select distinct on (key) key, position, payload from facts
            where position between @first and @last and type = 'location.staff_listed' order by key, position desc
        ), told as (
            select key, position, (one->>'account_id')::uuid as account_id, one->>'duty' as duty from listed, jsonb_array_elements(payload->'staff') as staff (one)
            union all
            select facts.key, facts.position, (facts.payload->>'account_id')::uuid, facts.payload->>'duty' from facts left join listed using (key)
            where facts.position between @first and @last and type = 'location.staff_changed' and facts.position > coalesce(listed.position, 0)
        )
        insert into location_staff (location_id, account_id)
        select key, account_id from (select distinct on (key, account_id) * from told order by key, account_id, position desc) as latest
        where duty = 'manager'
        """;

    private const string Visits =
        """
        insert into visits (id, member_id, location_id, at)
        select (payload->>'visit_id')::uuid, key, (payload->>'location_id')::uuid, (payload->>'checked_in_at')::timestamptz
        from facts where position between @first and @last and type = 'member.checked_in'
        on conflict do nothing
        """;

    /// <summary>Everything that is worked out from facts.</summary>
    public static readonly string[] Tables = ["placed_transactions", "counts", "days", "users", "bookings", "booking_money", "visits", "locations", "location_staff"];

    /// <summary>Counts the facts of these positions. They were not counted before, and the lock is held.</summary>
    public static async Task CountAsync(this Change change, long first, long last, IReadOnlyCollection<string> topics, CancellationToken cancellationToken)
    {
        string[] statements = [.. new[] { ("transactions", Transactions), ("bookings", Bookings), ("members", Visits) }
            .Where(part => topics.Contains(part.Item1)).Select(part => part.Item2)];
        await change.ExecuteAsync(string.Join(";\n", statements), new { first, last }, cancellationToken);
    }
}
