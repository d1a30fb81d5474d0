-- Whoever has an account, as far as their name is shown. Auth owns the account: its facts arrive as events.
create table people (
    id       uuid primary key,
    username text not null,
    status   text not null default 'active' check (status in ('active', 'deleted'))
);

-- What members tell each other.
create table social_entries (
    id             uuid primary key,
    member_id      uuid not null,
    type           text not null check (type ~ '^[a-z][a-z0-9_]{0,39}$'),
    text           text not null check (length(text) between 1 and 1000),
    location_id    uuid,
    created_at     timestamptz not null,
    -- By staff, who say why. The member's own deletion leaves nothing.
    removed_by     uuid,
    removed_reason text check (length(removed_reason) between 1 and 500),
    removed_at     timestamptz,
    check ((removed_by is null) = (removed_at is null) and (removed_by is null) = (removed_reason is null))
);
create index social_entries_shown on social_entries (id) where removed_at is null;
create index social_entries_of_location on social_entries (location_id, id) where removed_at is null;

create table reactions (
    entry_id  uuid not null references social_entries on delete cascade,
    member_id uuid not null,
    kind      text not null check (kind in ('like', 'love', 'clap', 'thanks')),
    primary key (entry_id, member_id, kind)
);
