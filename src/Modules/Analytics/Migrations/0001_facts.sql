-- What the statistics rest on, as it was told. Everything else here is worked out from it, and can be once more.
create table facts (
    -- In the order in which they were counted; whoever adds some holds the lock of `Counting`.
    position    bigint primary key generated always as identity,
    id          uuid not null unique,
    type        text not null,
    topic       text not null,
    -- Whose it is: of transactions, bookings and visits the member, of places the location.
    key         uuid not null,
    payload     jsonb not null,
    occurred_at timestamptz not null
);

create function facts_never_change() returns trigger language plpgsql as $$
begin
    raise exception 'facts are only added to' using errcode = 'check_violation', constraint = 'facts_append_only';
end $$;
create trigger facts_append_only before update or delete or truncate on facts for each statement execute function facts_never_change();

-- Where the transactions of bookings belong: that they were paid is told without it.
create table placed_transactions (
    id          uuid primary key,
    location_id uuid not null,
    currency    text not null,
    amount      numeric not null
);

-- What one fact adds to whose numbers. A line without a currency counts the fact, one with a currency moves money. The subject is
-- the house (no id but zeros), the member, or the location whose booking it was for.
create view moves as
select position, key as member_id, subject.id as subject, subject.kind, timezone('UTC', (payload->>'timestamp')::timestamptz)::date as day,
       (payload->>'timestamp')::timestamptz as at, line.*
from facts
cross join lateral (
    select null::text as currency, 1 as events, (type = 'transaction.created')::int as transactions,
           case when type = 'transaction.paid' then (payload->>'transactions_paid')::int else 0 end as paid_transactions,
           0::numeric as amount, 0::numeric as paid, 0::numeric as cancelled
    union all
    select payload->>'currency', 0, (type = 'transaction.created')::int, 0,
           case when type = 'transaction.created' then (payload->>'amount')::numeric else 0 end, 0,
           case when type = 'transaction.cancelled' then (payload->>'amount')::numeric else 0 end
    where type in ('transaction.created', 'transaction.cancelled')
    union all
    select sum->>'currency', 0, 0, 0, 0, (sum->>'amount')::numeric, 0
    from jsonb_array_elements(case when type = 'transaction.paid' then payload->'amounts' end) as amount (sum)
) as line
cross join lateral (values ('00000000-0000-0000-0000-000000000000'::uuid, 'house'), (key, 'member')) as subject (id, kind)
where type in ('transaction.created', 'transaction.paid', 'transaction.cancelled')
union all
select position, key, line.location_id, 'location', timezone('UTC', (payload->>'timestamp')::timestamptz)::date,
       (payload->>'timestamp')::timestamptz, line.currency, line.events, line.transactions, line.paid_transactions, line.amount, line.paid, line.cancelled
from facts
cross join lateral (
    -- A fact about several transactions at one location is one fact there. Looked up one by one, however many there are: `offset 0` keeps it from being turned into a join with all of them.
    select placed.*, row_number() over (partition by placed.location_id) = 1 as is_first from (
        select (payload->>'transaction_id')::uuid as id where type in ('transaction.created', 'transaction.cancelled')
        union all
        select id::uuid from jsonb_array_elements_text(case when type = 'transaction.paid' then payload->'transaction_ids' end) as paid (id)
    ) as named cross join lateral (select * from placed_transactions where placed_transactions.id = named.id offset 0) as placed
    offset 0
) as placed
cross join lateral (
    select placed.location_id, placed.currency, 0 as events, (type = 'transaction.created')::int as transactions, 0 as paid_transactions,
           case when type = 'transaction.created' then placed.amount else 0 end as amount,
           case when type = 'transaction.paid' then placed.amount else 0 end as paid,
           case when type = 'transaction.cancelled' then placed.amount else 0 end as cancelled
    union all
    select placed.location_id, null, is_first::int, (type = 'transaction.created')::int, (type = 'transaction.paid')::int, 0, 0, 0
) as line
where type in ('transaction.created', 'transaction.paid', 'transaction.cancelled');
