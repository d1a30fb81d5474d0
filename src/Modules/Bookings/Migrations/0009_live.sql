-- Of a hot-desk area, which desk: who watches the floor sees desks.
alter table floor_changes add column desk_id uuid;

-- Who looked at a space a moment ago. Nothing is lost with it: a minute later it would say the same again.
create unlogged table space_views (
    space_id  uuid not null,
    member_id uuid not null,
    seen_at   timestamptz not null,
    primary key (space_id, member_id)
) with (fillfactor = 70);
