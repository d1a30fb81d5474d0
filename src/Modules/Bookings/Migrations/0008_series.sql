-- Bookings that come again. The rule is in the location's time: what it means in instants is in the bookings.
create table series (
    id          uuid primary key,
    space_id    uuid not null references spaces,
    location_id uuid not null references locations,
    member_id   uuid not null references people,
    rule        jsonb not null,
    created_at  timestamptz not null,
    created_by  uuid not null
);
create index series_by_member on series (member_id, created_at, id);
alter table bookings add foreign key (series_id) references series;
