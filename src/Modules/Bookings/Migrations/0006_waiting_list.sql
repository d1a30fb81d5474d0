-- Who wants a time that somebody else has. Served in the order of arrival.
create table waiting_entries (
    id          uuid primary key,
    space_id    uuid not null references spaces,
    location_id uuid not null references locations,
    member_id   uuid not null references people,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null check (ends_at > starts_at),
    people      int not null check (people >= 1),
    note        text check (length(note) <= 500),
    status      text not null default 'waiting' check (status in ('waiting', 'offered', 'left', 'over')),
    -- The hold that was their turn.
    booking_id  uuid unique references bookings,
    created_at  timestamptz not null,
    check ((status = 'offered') = (booking_id is not null))
);
create unique index waiting_entries_once on waiting_entries (member_id, space_id, starts_at, ends_at) where status = 'waiting';
create index waiting_entries_in_line on waiting_entries (location_id, created_at, id) where status = 'waiting';
create index waiting_entries_by_member on waiting_entries (member_id, created_at, id);
