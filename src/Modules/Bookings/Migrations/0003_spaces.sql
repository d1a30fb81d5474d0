create extension if not exists btree_gist;

-- What can be booked, and the rules of it.
create table spaces (
    id                    uuid primary key,
    location_id           uuid not null references locations,
    kind                  text not null check (kind in ('desk', 'room', 'office', 'event_hall', 'hot_desk_area')),
    -- The hot-desk area of which it is one of the desks.
    area_id               uuid references spaces check (kind = 'desk' or area_id is null),
    name                  text not null check (length(name) between 1 and 100),
    description           text check (length(description) <= 2000),
    capacity              int not null check (capacity between 1 and 10000),
    floor                 text check (length(floor) <= 50),
    -- Where on the floor's plan, in parts of its width and height.
    plan_x                numeric(6, 5) check (plan_x between 0 and 1),
    plan_y                numeric(6, 5) check (plan_y between 0 and 1),
    status                text not null default 'active' check (status in ('active', 'out_of_service', 'retired')),
    buffer_before_minutes int not null default 0 check (buffer_before_minutes between 0 and 1440),
    buffer_after_minutes  int not null default 0 check (buffer_after_minutes between 0 and 1440),
    min_minutes           int not null default 30 check (min_minutes >= 1),
    max_minutes           int not null default 1440 check (max_minutes between min_minutes and 527040),
    step_minutes          int not null default 30 check (step_minutes between 1 and 1440),
    lead_minutes          int not null default 0 check (lead_minutes between 0 and 525600),
    horizon_days          int not null default 365 check (horizon_days between 0 and 730),
    bookable_by           text not null default 'everybody' check (bookable_by in ('everybody', 'plan_holders', 'staff')),
    plan_ids              uuid[] not null default '{}',
    needs_approval        boolean not null default false,
    -- A booking nobody checked in to is released that many minutes after its start; null: nobody has to check in.
    release_after_minutes int check (release_after_minutes between 5 and 1440),
    prices                jsonb not null default '{}',
    cancellation          jsonb not null default '{"steps": []}',
    -- What the printed QR code of the space says. It is replaced, never told to members.
    check_in_code         text not null unique,
    created_at            timestamptz not null,
    retired_at            timestamptz,
    check ((status = 'retired') = (retired_at is not null))
);
create unique index spaces_name on spaces (location_id, lower(name)) where status <> 'retired';
create index spaces_by_area on spaces (area_id) where area_id is not null;

-- Booking the whole takes its parts, and booking a part takes it from the whole.
create table space_parts (
    space_id uuid not null references spaces,
    part_id  uuid not null references spaces check (part_id <> space_id),
    primary key (space_id, part_id)
);
create index space_parts_by_part on space_parts (part_id);

-- What booking a space takes: itself and, however deep, its parts. Written anew whenever parts change.
create table space_units (
    space_id uuid not null references spaces,
    unit_id  uuid not null references spaces,
    primary key (space_id, unit_id)
);
create index space_units_by_unit on space_units (unit_id);

create function write_space_units(location uuid) returns void language sql as $$
    delete from space_units where space_id in (select id from spaces where location_id = location);
    with recursive taken (space_id, unit_id) as (
        select id, id from spaces where location_id = location
        union
        select taken.space_id, part_id from taken join space_parts on space_parts.space_id = taken.unit_id
    )
    insert into space_units select space_id, unit_id from taken;
$$;

-- What spaces have (a screen) and what can be had with a booking (coffee for ten), free or priced, with or without a limit.
create table amenities (
    id          uuid primary key,
    location_id uuid not null references locations,
    name        text not null check (length(name) between 1 and 100),
    -- Null: it belongs to spaces and cannot be ordered.
    unit_price  numeric(12, 3) check (unit_price >= 0),
    per_hour    boolean not null default false,
    -- How many there are to go round at any one time; null: as many as are asked for.
    stock       int check (stock between 1 and 1000),
    retired_at  timestamptz
);
create unique index amenities_name on amenities (location_id, lower(name)) where retired_at is null;

create table space_amenities (
    space_id   uuid not null references spaces,
    amenity_id uuid not null references amenities,
    primary key (space_id, amenity_id)
);
create index space_amenities_by_amenity on space_amenities (amenity_id);
