-- The last visit that Members told of each member, over or not. What it tells may come late, and after a failure in another order;
-- a member's visits never overlap, so that of any two it is plain which was first.
create table last_visits (
    member_id   uuid primary key,
    location_id uuid not null,
    visit_id    uuid not null,
    -- Of a visit of which only the end is known: its end.
    since       timestamptz not null,
    left_at     timestamptz
);

-- Who is in: whoever is there when a booking begins need not check in again.
create view present as
    select member_id, location_id, visit_id, since from last_visits where left_at is null;
