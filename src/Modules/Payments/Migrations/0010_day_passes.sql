-- What members without a plan can have, to come for some days.
create table day_pass_offers (
    id          uuid primary key,
    name        text not null check (length(name) between 1 and 100),
    -- Of all its days, tax included.
    price       numeric not null check (price >= 0 and price < 1e9 and scale(price) <= 4),
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    tax_percent numeric not null check (tax_percent between 0 and 100 and scale(tax_percent) <= 3),
    days        int not null check (days between 1 and 366),
    -- Days of the calendar on which it can be used, the first one included.
    valid_days  int not null check (valid_days between 1 and 3660),
    -- In Bookings: where it is good. Null: everywhere.
    location_id uuid,
    -- Whoever comes with neither plan nor pass is charged this one.
    at_door     boolean not null default false,
    active      boolean not null default true,
    created_at  timestamptz not null,
    constraint day_pass_offers_door_day check (not at_door or days = 1)
);
create unique index day_pass_offers_name on day_pass_offers (lower(name)) where active;
create unique index day_pass_offers_one_at_door on day_pass_offers (location_id) nulls not distinct where active and at_door;

-- Days are those of the house's time zone.
create table day_passes (
    id             uuid primary key,
    member_id      uuid not null,
    offer_id       uuid not null references day_pass_offers,
    days           int not null check (days > 0),
    -- Counted by visited_days and by nobody else.
    used           int not null default 0,
    first_day      date not null,
    last_day       date not null check (last_day >= first_day),
    location_id    uuid,
    price          numeric not null check (price >= 0),
    currency       text not null,
    -- None where nothing is to be paid. Once it is cancelled, the pass is of no use.
    transaction_id uuid unique references transactions,
    at_door        boolean not null,
    -- Why it was given and not sold.
    reason         text check (length(reason) between 1 and 500),
    created_by     uuid not null,
    created_at     timestamptz not null,
    withdrawn_at   timestamptz,
    withdrawn_by   uuid,
    withdrawal     text check (length(withdrawal) between 1 and 500),
    constraint day_passes_days check (used between 0 and days),
    check ((price = 0) = (transaction_id is null)),
    check (reason is null or price = 0),
    check ((withdrawn_at is null) = (withdrawal is null) and (withdrawn_at is null) = (withdrawn_by is null))
);
create index day_passes_by_member on day_passes (member_id, id);

-- Each day of each member at each location, once, however often they came in.
create table visited_days (
    -- The visit that was heard of first.
    visit_id    uuid primary key,
    member_id   uuid not null,
    location_id uuid not null,
    day         date not null,
    came_at     timestamptz not null,
    -- staff: the visitor is of the house. door: a pass that was charged for this very visit. house: staff gave the day.
    covered_by  text not null default 'nothing' check (covered_by in ('membership', 'plan', 'staff', 'pass', 'door', 'house', 'nothing')),
    pass_id     uuid references day_passes,
    -- By whom it was given and why.
    given_by    uuid,
    reason      text check (length(reason) between 1 and 500),
    constraint visited_days_once unique (member_id, location_id, day),
    check ((covered_by in ('pass', 'door')) = (pass_id is not null)),
    check ((covered_by = 'house') = (reason is not null) and (covered_by = 'house') = (given_by is not null))
);
create index visited_days_by_member on visited_days (member_id, visit_id);
create index visited_days_by_pass on visited_days (pass_id) where pass_id is not null;

-- Whoever writes and however: a pass counts the days that were used of it, and has its check.
create function count_used_day() returns trigger language plpgsql as $$
declare
    before uuid := case when tg_op = 'UPDATE' then old.pass_id end;
begin
    if before is not distinct from new.pass_id then
        return null;
    end if;
    update day_passes set used = used - 1 where id = before;
    if new.pass_id is not null then
        update day_passes set used = used + 1
        where id = new.pass_id and member_id = new.member_id and withdrawn_at is null
          and new.day between first_day and last_day and (location_id is null or location_id = new.location_id);
        if not found then
            raise exception 'the pass is not good for that day' using errcode = 'check_violation', constraint = 'day_passes_good';
        end if;
    end if;
    return null;
end $$;
create trigger visited_days_count after insert or update on visited_days for each row execute function count_used_day();

create function day_pass_may_change() returns trigger language plpgsql as $$
begin
    if new.used <> old.used and pg_trigger_depth() < 2 then
        raise exception 'only visits use days' using errcode = 'check_violation', constraint = 'day_passes_by_visits';
    end if;
    if old.withdrawn_at is not null and new.withdrawn_at is null
        or (new.member_id, new.offer_id, new.days, new.first_day, new.last_day, new.location_id, new.price, new.currency, new.transaction_id, new.at_door)
        is distinct from (old.member_id, old.offer_id, old.days, old.first_day, old.last_day, old.location_id, old.price, old.currency, old.transaction_id, old.at_door) then
        raise exception 'a pass stays as it is' using errcode = 'check_violation', constraint = 'day_passes_stay';
    end if;
    return new;
end $$;
create trigger day_passes_guard before update on day_passes for each row execute function day_pass_may_change();
create trigger day_passes_never_deleted before delete or truncate on day_passes for each statement execute function never_change();
create trigger visited_days_never_deleted before delete or truncate on visited_days for each statement execute function never_change();

-- On which days a member had a plan, by what Bookings tells: one that is given or taken in the course of a day covers all of it.
create table plan_days (
    id        bigint primary key generated always as identity,
    member_id uuid not null,
    plan_id   uuid not null,
    first_day date not null,
    -- Null while the member has one.
    last_day  date check (last_day >= first_day)
);
create unique index plan_days_open on plan_days (member_id) where last_day is null;
create index plan_days_by_member on plan_days (member_id, first_day);
