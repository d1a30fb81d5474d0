create table bookings (
    id             uuid primary key,
    -- What was asked for. A booking of a hot-desk area has one of its desks; any other has the space itself.
    space_id       uuid not null references spaces,
    desk_id        uuid references spaces,
    location_id    uuid not null references locations,
    member_id      uuid not null references people,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    status         text not null check (status in (
                       'held', 'pending_approval', 'awaiting_payment', 'confirmed', 'checked_in', 'completed',
                       'expired', 'cancelled', 'payment_failed', 'no_show')),
    -- When it lapses by itself.
    expires_at     timestamptz,
    extended       boolean not null default false,
    people         int not null check (people >= 1),
    note           text check (length(note) <= 500),
    -- As it was when it was booked: later prices and policies change nothing.
    quote          jsonb not null,
    total          numeric(14, 3) not null check (total >= 0),
    currency       text not null check (currency ~ '^[A-Z]{3}$'),
    -- What arrived of it; what is missing is owed.
    paid           numeric(14, 3) not null default 0 check (paid >= 0),
    cancellation   jsonb not null,
    -- What a cancellation keeps of the total; null while there was none.
    kept           numeric(14, 3) check (kept between 0 and total),
    credit_hours   numeric(8, 2) not null default 0 check (credit_hours >= 0),
    -- How often calendars were told of it: SEQUENCE of RFC 5545.
    version        int not null default 0,
    series_id      uuid,
    occurrence     date,
    visit_id       uuid,
    checked_in_at  timestamptz,
    ended_at       timestamptz,
    created_at     timestamptz not null,
    check (ends_at > starts_at and ends_at <= starts_at + interval '367 days'),
    check ((status in ('held', 'pending_approval', 'awaiting_payment')) = (expires_at is not null)),
    check ((series_id is null) = (occurrence is null)),
    check ((status = 'cancelled') = (kept is not null))
);
create index bookings_by_member on bookings (member_id, starts_at, id);
create index bookings_by_location on bookings (location_id, starts_at, id);
create index bookings_lapsing on bookings (expires_at) where expires_at is not null;
-- Those the clock still has something to do with.
create index bookings_going_on on bookings (starts_at) where status in ('confirmed', 'checked_in');
create index bookings_by_series on bookings (series_id, occurrence) where series_id is not null;

create table blocks (
    id          uuid primary key,
    space_id    uuid not null references spaces,
    location_id uuid not null references locations,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null check (ends_at > starts_at),
    reason      text not null check (length(reason) between 1 and 500),
    created_by  uuid not null,
    created_at  timestamptz not null,
    lifted_at   timestamptz
);
create index blocks_by_location on blocks (location_id, starts_at, id);

-- Who takes a unit's time. A row is there exactly as long as the time is taken: what can still become confirmed, is, or was used.
-- `during` is the booking's time and the buffers around it. Whoever writes holds the unit's lock: this decides, it does not queue.
create table claims (
    unit_id    uuid not null references spaces,
    during     tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
    booking_id uuid references bookings,
    block_id   uuid references blocks,
    check (num_nonnulls(booking_id, block_id) = 1),
    constraint claims_never_overlap exclude using gist (unit_id with =, during with &&)
);
create index claims_by_booking on claims (booking_id) where booking_id is not null;
create index claims_by_block on claims (block_id) where block_id is not null;

-- What was ordered with a booking, at the price it had then.
create table booking_services (
    booking_id uuid not null references bookings,
    amenity_id uuid not null references amenities,
    quantity   int not null check (quantity between 1 and 1000),
    primary key (booking_id, amenity_id)
);

-- Of what is limited every single piece is claimed, so that more than there are can never be out at once.
create table amenity_claims (
    amenity_id uuid not null references amenities,
    piece      int not null check (piece >= 1),
    during     tstzrange not null,
    booking_id uuid not null references bookings,
    constraint amenity_claims_never_overlap exclude using gist (amenity_id with =, piece with =, during with &&)
);
create index amenity_claims_by_booking on amenity_claims (booking_id);

-- Everything that happened to a space's time: who, when, why. Also what live readers are told: `seq` is given in the order
-- of commits, by one at a time.
create table floor_changes (
    id          bigint generated always as identity primary key,
    seq         bigint unique,
    at          timestamptz not null,
    location_id uuid not null,
    space_id    uuid not null,
    booking_id  uuid references bookings,
    block_id    uuid references blocks,
    act         text not null,
    from_status text,
    to_status   text,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    held_until  timestamptz,
    -- Null: the clock, or a message.
    by_id       uuid,
    reason      text check (length(reason) between 1 and 500),
    check (num_nonnulls(booking_id, block_id) = 1)
);
create index floor_changes_by_booking on floor_changes (booking_id, id) where booking_id is not null;
create index floor_changes_unnumbered on floor_changes (id) where seq is null;

create function booking_status_may_change() returns trigger language plpgsql as $$
begin
    if old.status || '>' || new.status <> all (array[
        'held>pending_approval', 'held>awaiting_payment', 'held>confirmed', 'held>expired', 'held>cancelled',
        'pending_approval>awaiting_payment', 'pending_approval>confirmed', 'pending_approval>expired', 'pending_approval>cancelled',
        'awaiting_payment>confirmed', 'awaiting_payment>payment_failed', 'awaiting_payment>expired', 'awaiting_payment>cancelled',
        'confirmed>checked_in', 'confirmed>completed', 'confirmed>cancelled', 'confirmed>no_show',
        'checked_in>completed',
        -- A payment that came late, while nobody else had taken the time.
        'expired>confirmed', 'payment_failed>confirmed']) then
        raise exception '% cannot become %', old.status, new.status using errcode = 'check_violation', constraint = 'bookings_transition';
    end if;
    return new;
end $$;
create trigger bookings_transition before update of status on bookings
    for each row when (old.status is distinct from new.status) execute function booking_status_may_change();

create function bookings_begin_held() returns trigger language plpgsql as $$
begin
    if new.status <> 'held' then
        raise exception 'a booking begins as a hold' using errcode = 'check_violation', constraint = 'bookings_begin_held';
    end if;
    return new;
end $$;
create trigger bookings_begin_held before insert on bookings for each row execute function bookings_begin_held();

-- Time that can no longer be used is free at once, whoever changed the status.
create function free_claims() returns trigger language plpgsql as $$
begin
    delete from claims where booking_id = new.id;
    delete from amenity_claims where booking_id = new.id;
    return null;
end $$;
create trigger bookings_free_claims after update of status on bookings
    for each row when (new.status in ('expired', 'cancelled', 'payment_failed', 'no_show')) execute function free_claims();
