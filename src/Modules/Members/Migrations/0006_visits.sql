create extension if not exists btree_gist;

-- Who was where, from when to when. Times are the door device's own.
create table visits (
    id               uuid primary key,
    member_id        uuid not null references profiles,
    location_id      uuid not null references locations,
    started_at       timestamptz not null,
    ended_at         timestamptz,
    opened_by        text not null check (opened_by in ('scan', 'staff', 'booking')),
    -- The device, the account, or the booking that the member checked in to.
    opened_by_id     uuid not null,
    opening_reason   text check (length(opening_reason) between 1 and 500),
    closed_by        text check (closed_by in ('scan', 'staff', 'moved', 'closing_time', 'account_deleted')),
    closed_by_id     uuid,
    closing_reason   text check (length(closing_reason) between 1 and 500),
    check (ended_at > started_at),
    check ((ended_at is null) = (closed_by is null)),
    check ((opened_by = 'staff') = (opening_reason is not null)),
    check (coalesce(closed_by = 'staff', false) = (closing_reason is not null)),
    -- Nobody is in two places, nor twice in one. Whoever writes takes the member's lock first: this decides, it does not queue.
    constraint visits_never_overlap exclude using gist (member_id with =, tstzrange(started_at, ended_at, '[)') with &&)
);
create unique index visits_one_open on visits (member_id) where ended_at is null;
create index visits_open_by_location on visits (location_id) where ended_at is null;
create index visits_by_member on visits (member_id, started_at, id);
create index visits_by_location on visits (location_id, started_at, id);
create index visits_by_end on visits (location_id, ended_at);

-- Every scan at a door with what was answered, so that it can be sent again. The code itself is not kept.
create table door_scans (
    scan_id     uuid primary key,
    kiosk_id    uuid not null,
    location_id uuid not null references locations,
    code_hash   bytea not null,
    member_id   uuid,
    step        bigint,
    scanned_at  timestamptz not null,
    received_at timestamptz not null,
    -- `in`, `out`, or the code of the refusal.
    outcome     text not null,
    -- The camera read one code twice: visit, outcome and time are those of the first reading.
    repeated    boolean not null default false,
    visit_id    uuid references visits,
    at          timestamptz,
    check ((outcome in ('in', 'out')) = (visit_id is not null)),
    check ((visit_id is null) = (at is null)),
    check (visit_id is null or member_id is not null)
);
-- One code counts once, whatever the number of readings.
create unique index door_scans_one_per_code on door_scans (member_id, step) where visit_id is not null and not repeated;
create index door_scans_by_member on door_scans (member_id, scanned_at) where visit_id is not null and not repeated;
create index door_scans_conflicts on door_scans (scanned_at, scan_id) where outcome = 'scan-conflict';
create index door_scans_by_age on door_scans (received_at);
