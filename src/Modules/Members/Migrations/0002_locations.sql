-- The least that visits and events need of a location, until Bookings owns the catalogue.
create table locations (
    id         uuid primary key,
    name       text not null check (length(name) between 1 and 100),
    time_zone  text not null,
    closes_at  time not null default '22:00',
    created_at timestamptz not null
);
create unique index locations_name on locations (lower(name));

-- Who works where: managers run the locations they are named for, kiosks scan passes at theirs.
create table location_staff (
    location_id uuid not null references locations,
    account_id  uuid not null,
    duty        text not null check (duty in ('manager', 'kiosk')),
    added_by    uuid not null,
    added_at    timestamptz not null,
    primary key (location_id, account_id)
);
-- A device stands at one door.
create unique index location_staff_one_door on location_staff (account_id) where duty = 'kiosk';
create index location_staff_by_account on location_staff (account_id);
