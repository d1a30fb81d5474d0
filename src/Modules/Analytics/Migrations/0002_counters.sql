-- Sums of `moves`: how often, of each subject.
create table counts (
    subject           uuid primary key,
    kind              text not null check (kind in ('house', 'member', 'location')),
    transactions      bigint not null,
    paid_transactions bigint not null,
    events            bigint not null,
    users             bigint not null,
    last_event_at     timestamptz not null
);
create index counts_by_kind on counts (kind, subject);

-- Sums of `moves`: how much, of each subject, currency and day in UTC.
create table days (
    subject      uuid not null,
    currency     text not null,
    day          date not null,
    transactions bigint not null,
    amount       numeric not null,
    paid         numeric not null,
    cancelled    numeric not null,
    primary key (subject, currency, day)
);

-- Who had a transaction with the house, and for a booking at which location.
create table users (
    subject   uuid not null,
    member_id uuid not null,
    primary key (subject, member_id)
);

-- Each booking as it was told last. Its day is that of the location's calendar.
create table bookings (
    id          uuid primary key,
    member_id   uuid not null,
    location_id uuid not null,
    space_id    uuid not null,
    space_name  text not null,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    day         date not null,
    hour        int not null,
    status      text not null,
    stood       boolean not null,
    total       numeric not null,
    kept        numeric not null,
    currency    text not null,
    -- When somebody left before its end.
    left_at     timestamptz,
    -- From here on as reports of Bookings count: it took place, and what it brings.
    took_place  boolean not null generated always as (status in ('confirmed', 'checked_in', 'completed')) stored,
    due         numeric not null generated always as (
        case when status in ('confirmed', 'checked_in', 'completed', 'no_show') then total when status = 'cancelled' then kept else 0 end) stored
);
create index bookings_by_location on bookings (location_id, day);
create index bookings_by_day on bookings (day);
create index bookings_by_member on bookings (member_id, day);

-- What was paid for bookings and went back. Payments tells it without the place, and may be heard first.
create table booking_money (
    booking_id uuid not null,
    currency   text not null,
    paid       numeric not null,
    refunded   numeric not null,
    primary key (booking_id, currency)
);

create table visits (
    id          uuid primary key,
    member_id   uuid not null,
    location_id uuid not null,
    at          timestamptz not null
);
create index visits_by_location on visits (location_id, at);
create index visits_by_time on visits (at);
create index visits_by_member on visits (member_id, at);

create table locations (
    id        uuid primary key,
    name      text not null,
    time_zone text not null
);

create table location_staff (
    location_id uuid not null,
    account_id  uuid not null,
    primary key (location_id, account_id)
);
create index location_staff_by_account on location_staff (account_id);
