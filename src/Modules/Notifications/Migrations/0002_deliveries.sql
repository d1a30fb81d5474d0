-- Work to be done once: a mail to be sent, or something to be shown later. Whoever does it holds the row meanwhile. Once it is done
-- the fact it comes from is forgotten.
create table deliveries (
    id           uuid primary key,
    channel      text not null check (channel in ('email', 'in_app')),
    kind         text not null,
    member_id    uuid not null,
    booking_id   uuid,
    location_id  uuid,
    event_id     uuid not null,
    payload      text,
    status       text not null default 'waiting' check (status in ('waiting', 'sent', 'dropped', 'dead')),
    due_at       timestamptz not null,
    useful_until timestamptz,
    attempts     int not null default 0,
    failure      text,
    created_at   timestamptz not null,
    settled_at   timestamptz,
    check ((status = 'waiting') = (settled_at is null)),
    check (payload is not null or status <> 'waiting'),
    check (payload is null or status not in ('sent', 'dropped')),
    unique (event_id, channel, member_id, kind)
);
create index deliveries_due on deliveries (channel, due_at) where status = 'waiting';
create index deliveries_of_booking on deliveries (booking_id) where status = 'waiting';
create index deliveries_of_member on deliveries (member_id);
create index deliveries_by_status on deliveries (status, id desc);
create index deliveries_by_age on deliveries (settled_at);

-- A mail is sent once: what is settled stays so, but for what was given up and is sent again by hand.
create function deliveries_settle_once() returns trigger language plpgsql as $$
begin
    raise exception 'a delivery that was % stays so', old.status using errcode = 'check_violation', constraint = 'deliveries_settle_once';
end $$;
create trigger deliveries_settle_once before update of status on deliveries for each row
    when (old.status in ('sent', 'dropped') and new.status is distinct from old.status) execute function deliveries_settle_once();
