create extension if not exists btree_gist;

-- What is charged by the clock is never refused: it is owed beside what may be owed on account, in fees.
alter table ledger_accounts drop constraint ledger_accounts_kind_check, drop constraint ledger_accounts_check;
alter table ledger_accounts
    add constraint ledger_accounts_kind_check check (kind in ('receivable', 'due', 'fees', 'revenue', 'received', 'unapplied', 'disputed')),
    add constraint ledger_accounts_check check ((kind in ('receivable', 'due', 'fees')) = (member_id is not null));

alter table transactions
    add column fee text check (fee in ('membership', 'day_pass')),
    add constraint transactions_one_reason check (fee is null or booking_id is null);
create index transactions_owed_fees on transactions (id) where status = 'owed' and fee is not null;

create or replace function transaction_may_change() returns trigger language plpgsql as $$
begin
    if old.status <> 'owed' or (new.member_id, new.amount, new.currency, new.booking_id, new.fee, new.created_by, new.created_at)
        is distinct from (old.member_id, old.amount, old.currency, old.booking_id, old.fee, old.created_by, old.created_at) then
        raise exception 'a transaction that is % stays as it is', old.status using errcode = 'check_violation', constraint = 'transactions_settle_once';
    end if;
    return new;
end $$;

-- What members can have, for a month at a time.
create table membership_offers (
    id          uuid primary key,
    name        text not null check (length(name) between 1 and 100),
    -- Tax included.
    price       numeric not null check (price >= 0 and price < 1e9 and scale(price) <= 4),
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    tax_percent numeric not null check (tax_percent between 0 and 100 and scale(tax_percent) <= 3),
    -- In Bookings.
    plan_id     uuid,
    active      boolean not null default true,
    created_at  timestamptz not null
);
create unique index membership_offers_name on membership_offers (lower(name)) where active;

-- Days are those of the house's time zone; a period goes to the day before period_end.
create table memberships (
    id           uuid primary key,
    member_id    uuid not null,
    offer_id     uuid not null references membership_offers,
    -- As agreed for the period that runs: what the offer costs later holds from the next one.
    price        numeric not null check (price >= 0),
    currency     text not null,
    status       text not null check (status in ('active', 'past_due', 'suspended', 'paused', 'ended')),
    -- The day of the month on which periods begin, or the last one of shorter months.
    anchor_day   int not null check (anchor_day between 1 and 31),
    period_start date not null,
    period_end   date not null check (period_end > period_start),
    -- What a cheaper offer left over; taken off the next periods.
    credit       numeric not null default 0 check (credit >= 0),
    pause_months int check (pause_months > 0),
    paused_until date,
    cancel_at    date,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    check ((status = 'ended') = (ended_at is not null)),
    check ((status = 'paused') = (paused_until is not null)),
    check (pause_months is null or cancel_at is null)
);
create unique index memberships_live on memberships (member_id) where status <> 'ended';
create index memberships_by_member on memberships (member_id, id);
create index memberships_running on memberships (period_end) where status in ('active', 'past_due');
create index memberships_resting on memberships (id) where status in ('paused', 'suspended');

-- Each is charged once, whoever runs and however often, and no day belongs to two.
create table membership_periods (
    membership_id  uuid not null references memberships,
    period_start   date not null,
    period_end     date not null check (period_end > period_start),
    offer_id       uuid not null references membership_offers,
    price          numeric not null check (price >= 0),
    credit_used    numeric not null check (credit_used between 0 and price),
    -- None where nothing was left to be paid.
    transaction_id uuid unique references transactions,
    charged_at     timestamptz not null,
    primary key (membership_id, period_start),
    check ((transaction_id is null) = (credit_used = price)),
    constraint membership_periods_once exclude using gist (membership_id with =, daterange(period_start, period_end) with &&)
);
create trigger membership_periods_append_only before update or delete or truncate on membership_periods for each statement execute function never_change();

-- What was charged for memberships, and how often somebody was reminded of it.
create table membership_fees (
    transaction_id uuid primary key references transactions,
    membership_id  uuid not null references memberships,
    due_on         date not null,
    reminders      int not null default 0
);
create index membership_fees_by_membership on membership_fees (membership_id);
