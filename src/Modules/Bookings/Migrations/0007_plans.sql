-- What a member or a team has every month: bookings cost less, and some hours of them nothing.
create table plans (
    id                   uuid primary key,
    name                 text not null check (length(name) between 1 and 100),
    discount_percent     numeric(5, 2) not null check (discount_percent between 0 and 100),
    monthly_credit_hours numeric(8, 2) not null check (monthly_credit_hours between 0 and 10000),
    created_at           timestamptz not null,
    -- Who has it keeps it; nobody else gets it.
    retired_at           timestamptz
);
create unique index plans_name on plans (lower(name)) where retired_at is null;

-- A company that pays for its people.
create table teams (
    id         uuid primary key,
    name       text not null check (length(name) between 1 and 100),
    plan_id    uuid references plans,
    created_at timestamptz not null
);
create unique index teams_name on teams (lower(name));

create table team_members (
    -- One who were in two would have two payers.
    member_id uuid primary key references people,
    team_id   uuid not null references teams,
    added_at  timestamptz not null
);
create index team_members_by_team on team_members (team_id);

create table member_plans (
    member_id uuid primary key references people,
    plan_id   uuid not null references plans,
    since     timestamptz not null
);

-- Hours that a payer was given and used, by the month in which the booking begins. What is left is the sum, and kept nowhere else.
create table credit_entries (
    id         uuid primary key,
    -- A change writes several entries at one instant: this is the order in which it did.
    seq        bigint not null generated always as identity,
    payer_kind text not null check (payer_kind in ('member', 'team')),
    payer_id   uuid not null,
    month      date not null check (extract(day from month) = 1),
    hours      numeric(8, 2) not null,
    kind       text not null check (kind in ('grant', 'use', 'return', 'adjustment')),
    plan_id    uuid references plans,
    booking_id uuid,
    by_id      uuid,
    reason     text check (length(reason) between 1 and 500),
    at         timestamptz not null,
    check (case kind when 'use' then hours < 0 when 'adjustment' then hours <> 0 else hours > 0 end),
    check ((kind = 'grant') = (plan_id is not null)),
    check ((kind in ('use', 'return')) = (booking_id is not null)),
    check ((kind = 'adjustment') = (reason is not null)),
    check (kind <> 'adjustment' or by_id is not null)
);
-- A plan gives its hours once a month, whoever asks first and however many do at once.
create unique index credit_entries_one_grant on credit_entries (payer_kind, payer_id, month, plan_id) where kind = 'grant';
create index credit_entries_by_payer on credit_entries (payer_kind, payer_id, seq);
create index credit_entries_by_month on credit_entries (payer_kind, payer_id, month) include (hours);
create index credit_entries_by_booking on credit_entries (booking_id) where booking_id is not null;

-- Everything about one payer's month waits for this, until the transaction ends.
create function lock_credits(payer_kind text, payer_id uuid, month date) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('credits ' || payer_kind || ' ' || payer_id || to_char(month, ' YYYY-MM'), 0))
$$;

create function guard_credits() returns trigger language plpgsql as $$
begin
    -- What adds hours waits for nobody: whoever lets a booking of others lapse on the way to an own one would hold two such locks,
    -- and two who did so in opposite orders would wait for each other.
    if new.hours < 0 then
        perform lock_credits(new.payer_kind, new.payer_id, new.month);
        -- Looked at after the lock: what another transaction committed meanwhile is seen.
        if new.hours + (
            select coalesce(sum(hours), 0) from credit_entries
            where payer_kind = new.payer_kind and payer_id = new.payer_id and month = new.month) < 0
        then
            raise exception 'there are not so many hours left' using errcode = 'check_violation', constraint = 'credits_never_negative';
        end if;
    end if;
    -- The booking's own lock is held by whoever gives back what it used.
    if new.kind = 'return' and new.hours + (
        select coalesce(sum(hours), 0) from credit_entries
        where booking_id = new.booking_id and payer_kind = new.payer_kind and payer_id = new.payer_id and month = new.month) > 0
    then
        raise exception 'the booking did not use so many hours' using errcode = 'check_violation', constraint = 'credits_return_what_was_used';
    end if;
    return new;
end $$;

create trigger credit_entries_are_guarded before insert on credit_entries for each row execute function guard_credits();

create function refuse_to_forget() returns trigger language plpgsql as $$
begin
    raise exception '% are kept', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger credit_entries_are_kept before update or delete or truncate on credit_entries
    for each statement execute function refuse_to_forget();
