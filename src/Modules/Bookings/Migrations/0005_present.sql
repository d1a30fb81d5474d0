-- Who is in, as Members tells: whoever is there when a booking begins need not check in again.
create table present (
    member_id   uuid primary key,
    location_id uuid not null,
    visit_id    uuid not null,
    since       timestamptz not null
);
