-- Addresses at which calendar programs, which cannot sign in, read a member's bookings or when a space is taken.
create table calendars (
    id           uuid primary key,
    member_id    uuid not null references people,
    -- Null: the member's own bookings.
    space_id     uuid references spaces,
    -- Of what is in the address and nowhere else.
    token_hash   bytea not null unique check (octet_length(token_hash) = 32),
    created_at   timestamptz not null,
    last_used_at timestamptz,
    -- What was last read there, and since when it reads so.
    content_hash bytea check (octet_length(content_hash) = 32),
    changed_at   timestamptz check ((changed_at is null) = (content_hash is null))
);
create index calendars_by_member on calendars (member_id, created_at, id);

-- Whose time is taken, of all that was ever booked: claims know only what stands.
create index bookings_by_taken on bookings (coalesce(desk_id, space_id), starts_at);
create index floor_changes_by_block on floor_changes (block_id, id) where block_id is not null;
