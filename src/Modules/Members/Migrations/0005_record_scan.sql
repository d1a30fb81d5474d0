-- Scans of an event hold this lock together; whoever changes, cancels or closes it, or its roster, holds it alone. It is
-- no row lock: those of many scans at once would be written to the event's row.
create or replace function event_lock(event_id uuid) returns bigint language sql immutable as $$
    select hashtextextended(event_id::text, 1)
$$;

-- One scan. Being a function it sees what was committed before it got the lock (a plain statement would still see the event
-- as it was before it waited), and the session keeps its plans. Anything but `present` and `late` leaves nothing behind.
drop function if exists record_scan(uuid, uuid, timestamptz, uuid);
create function record_scan(
    the_event uuid, the_member uuid, instant timestamptz, change_id uuid,
    out outcome text, out event_name text, out status text, out first_at timestamptz, out opens_at timestamptz, out closes_at timestamptz)
language plpgsql as $$
declare
    event    events;
    held     attendance;
    is_alone boolean := false;
begin
    perform pg_advisory_xact_lock_shared(event_lock(the_event));
    select * into event from events where id = the_event;
    if not found then
        outcome := 'code-invalid';
        return;
    end if;
    event_name := event.name;
    opens_at := event.check_in_opens_at;
    closes_at := event.check_in_closes_at;

    loop
        select * into held from attendance as a where a.event_id = the_event and a.member_id = the_member;
        status := held.status;
        first_at := coalesce(held.scanned_at, held.recorded_at);
        outcome := case
            when event.cancelled_at is not null then 'event-cancelled'
            when held.scanned_at is not null or held.status in ('present', 'late') then 'already-scanned'
            when event.roster = 'selected' and not exists (
                select from event_roster as named where named.event_id = the_event and named.member_id = the_member) then 'not-on-roster'
            when instant < event.check_in_opens_at then 'check-in-not-open'
            when instant >= event.check_in_closes_at then 'check-in-closed'
            when event.closed_at is not null then 'event-closed'
            when event.seats_taken >= event.capacity then 'event-full'
        end;
        if outcome is not null then
            return;
        end if;

        -- Only where seats are counted does a scan lock the event's row: those who race for the last one queue here, before
        -- they hold anything else, and look again when it is their turn.
        if event.capacity is not null and not is_alone then
            select * into event from events as e where e.id = the_event for no key update;
            is_alone := true;
            continue;
        end if;

        status := case when instant > event.late_after then 'late' else 'present' end;
        first_at := instant;
        if held.event_id is null then
            -- Nothing is inserted when another scan of this member was first: then look again what it made.
            insert into attendance (event_id, member_id, status, source, scanned_at, recorded_at)
            values (the_event, the_member, record_scan.status, 'scan', instant, instant)
            on conflict do nothing;
            exit when found;
        else
            -- Absent or excused by hand, and yet here: being there wins, and the trace tells what it was.
            update attendance as a
            set status = record_scan.status, source = 'scan', scanned_at = instant, recorded_at = instant, recorded_by = null,
                reason_kind = null, note = null
            where a.event_id = the_event and a.member_id = the_member and a.scanned_at is null
              and a.status = held.status and a.recorded_at = held.recorded_at;
            if found then
                insert into attendance_changes (id, event_id, member_id, from_status, from_source, from_at, to_status, source, changed_by, changed_at)
                values (change_id, the_event, the_member, held.status, held.source, held.recorded_at, record_scan.status, 'scan', the_member, instant);
                exit;
            end if;
        end if;
    end loop;

    outcome := status;
    if is_alone then
        update events as e set seats_taken = e.seats_taken + 1 where e.id = the_event;
    end if;
end $$;

-- The usual ones of several scans in one statement: the first of their member, at an event open to everybody. Answers those it
-- recorded, by their place in the arrays; `record_scan` decides on the others, which this leaves as they are. Both write in
-- the order of event and member: then two transactions with several scans never wait for each other.
create function record_first_scans(the_events uuid[], the_members uuid[], instants timestamptz[])
returns table (nth bigint, outcome text, event_name text, first_at timestamptz)
language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(event_lock(locked.id)) from (select distinct unnest(the_events) as id order by id) as locked;
    return query
        with scan as materialized (
            select distinct on (s.event_id, s.member_id) s.event_id, s.member_id, s.instant, s.nth
            from unnest(the_events, the_members, instants) with ordinality as s (event_id, member_id, instant, nth)
            order by s.event_id, s.member_id, s.nth),
        written as (
            insert into attendance as a (event_id, member_id, status, source, scanned_at, recorded_at)
            select scan.event_id, scan.member_id, case when scan.instant > event.late_after then 'late' else 'present' end, 'scan', scan.instant, scan.instant
            from scan
            join events as event on event.id = scan.event_id
            where event.cancelled_at is null and event.closed_at is null and event.roster = 'open' and event.capacity is null
              and scan.instant >= event.check_in_opens_at and scan.instant < event.check_in_closes_at
            order by scan.event_id, scan.member_id
            on conflict do nothing
            returning a.event_id, a.member_id, a.status)
        select scan.nth, written.status, event.name, scan.instant
        from written
        join scan on scan.event_id = written.event_id and scan.member_id = written.member_id
        join events as event on event.id = written.event_id;
end $$;
