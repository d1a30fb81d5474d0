-- Who may be written to, as Auth tells it. Who was deleted stays, without a name: what is still said of them goes nowhere.
create table people (
    id       uuid primary key,
    username text not null,
    email    text,
    name     text,
    role     text not null default 'member',
    language text check (language in ('en', 'it')),
    status   text not null default 'active' check (status in ('active', 'deleted'))
);

-- What somebody does not want to be told, and how. Everything else they are.
create table unwanted (
    member_id uuid not null,
    kind      text not null,
    channel   text not null check (channel in ('email', 'in_app')),
    primary key (member_id, kind, channel)
);

-- What locations are called.
create table places (
    id   uuid primary key,
    name text not null
);

-- seq is given under a lock per member: who has seen one has seen all of theirs before it.
create table notifications (
    seq         bigint generated always as identity primary key,
    id          uuid not null unique,
    member_id   uuid not null,
    kind        text not null,
    booking_id  uuid,
    location_id uuid,
    event_id    uuid not null,
    payload     text not null,
    created_at  timestamptz not null,
    read_at     timestamptz,
    unique (event_id, member_id, kind)
);
create index notifications_of_member on notifications (member_id, seq desc);
create index notifications_unread on notifications (member_id) where read_at is null;
create index notifications_by_age on notifications (created_at);
