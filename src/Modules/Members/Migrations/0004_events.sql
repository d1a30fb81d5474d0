-- What takes place where and when. The three instants of the check-in are computed by Domain/Attendance/CheckInWindow.cs
-- whenever the plan changes, so that a scan only compares.
create table events (
    id                  uuid primary key,
    location_id         uuid not null references locations,
    name                text not null check (length(name) between 1 and 200),
    place               text not null check (length(place) between 1 and 200),
    starts_at           timestamptz not null,
    ends_at             timestamptz not null,
    time_zone           text not null,
    check_in_opens_at   timestamptz not null,
    late_after          timestamptz not null,
    check_in_closes_at  timestamptz not null,
    roster              text not null check (roster in ('open', 'selected')),
    capacity            int check (capacity between 1 and 100000),
    -- Present and late ones; kept only where there is a capacity, so that other events are never written by a scan.
    seats_taken         int,
    created_by          uuid not null,
    created_at          timestamptz not null,
    cancelled_at        timestamptz,
    cancelled_by        uuid,
    cancel_reason       text check (length(cancel_reason) between 1 and 500),
    closed_at           timestamptz,
    closed_by           uuid,
    check (ends_at > starts_at and ends_at <= starts_at + interval '31 days'),
    check (check_in_opens_at <= starts_at and check_in_closes_at >= ends_at and late_after >= starts_at),
    check ((cancelled_at is null) = (cancel_reason is null)),
    check (cancelled_at is null or closed_at is null),
    check ((capacity is null) = (seats_taken is null)),
    constraint events_capacity check (seats_taken between 0 and capacity)
);
create index events_by_start on events (starts_at, id);
create index events_by_location on events (location_id, starts_at, id);
create index events_to_close on events (check_in_closes_at) where closed_at is null and cancelled_at is null;

-- Who is expected, where not everybody is welcome. No foreign key to profiles: those come later, by message.
create table event_roster (
    event_id  uuid not null references events,
    member_id uuid not null,
    added_by  uuid not null,
    added_at  timestamptz not null,
    primary key (event_id, member_id)
);
create index event_roster_by_member on event_roster (member_id, event_id);

-- One row per member and event: the present truth. A foreign key to events would lock the event's row at every scan, and
-- a full room scanning at once would queue there; record_scan looks the event up, and events are never deleted.
create table attendance (
    event_id    uuid not null,
    member_id   uuid not null,
    status      text not null check (status in ('present', 'late', 'absent', 'excused')),
    source      text not null check (source in ('scan', 'staff', 'close')),
    scanned_at  timestamptz,
    recorded_at timestamptz not null,
    recorded_by uuid,
    reason_kind text check (reason_kind in ('illness', 'family', 'other')),
    note        text check (length(note) <= 500),
    primary key (event_id, member_id),
    check ((status = 'excused') = (reason_kind is not null)),
    check ((source = 'staff') = (recorded_by is not null)),
    check (source <> 'scan' or scanned_at is not null)
);
create index attendance_by_member on attendance (member_id, event_id);

-- What a status was before it was changed. First scans and the rows made by closing are not here: they are the attendance
-- row itself or, once changed, the "from" of the first row here.
create table attendance_changes (
    id          uuid primary key,
    event_id    uuid not null,
    member_id   uuid not null,
    from_status text check (from_status in ('present', 'late', 'absent', 'excused')),
    from_source text check (from_source in ('scan', 'staff', 'close')),
    from_at     timestamptz,
    to_status   text not null check (to_status in ('present', 'late', 'absent', 'excused')),
    source      text not null check (source in ('scan', 'staff')),
    reason_kind text check (reason_kind in ('illness', 'family', 'other')),
    note        text,
    changed_by  uuid not null,
    changed_at  timestamptz not null,
    check ((from_status is null) = (from_source is null) and (from_status is null) = (from_at is null))
);
create index attendance_changes_by_member on attendance_changes (event_id, member_id, changed_at, id);

create function refuse_to_forget() returns trigger language plpgsql as $$
begin
    raise exception '% are kept', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger attendance_changes_are_kept before update or delete or truncate on attendance_changes
    for each statement execute function refuse_to_forget();
create trigger events_are_kept before delete or truncate on events
    for each statement execute function refuse_to_forget();

-- What is known of everybody who came or is expected; `pending` until the event is closed.
create view expected_attendance as
select event_id, member_id, status, source, scanned_at, recorded_at, recorded_by, reason_kind, note
from attendance
union all
select named.event_id, named.member_id, 'pending', null, null, null, null, null, null
from event_roster as named
join events on events.id = named.event_id
where events.roster = 'selected' and events.closed_at is null and events.cancelled_at is null
  and not exists (
      select from attendance as known where known.event_id = named.event_id and known.member_id = named.member_id);
