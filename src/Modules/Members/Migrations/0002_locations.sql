-- The operator's places and who works there, as far as visits and events need to know. Bookings owns them: what it says arrives
-- as events and is kept as told, so that nothing here refuses it.
create table locations (
    id        uuid primary key,
    name      text not null,
    time_zone text not null,
    closes_at time not null default '22:00',
    retired   boolean not null default false
);

create table location_staff (
    location_id uuid not null,
    account_id  uuid not null,
    duty        text not null,
    since       timestamptz not null,
    primary key (location_id, account_id)
);
create index location_staff_by_account on location_staff (account_id);
