-- The trail of what happened. It belongs to the owner of the database; the application may read it, and add to it by one function.
do $$
begin
    if current_user = current_setting('portico.application') then
        raise exception 'the audit trail needs an owner that is not the application: set Modules:activity:OwnerConnectionString';
    end if;
end $$;

create schema audit;

-- Where the chain ends. Whoever appends locks it: numbers have no gaps and each record knows the one before.
create table audit.head (
    one         boolean primary key default true check (one),
    number      bigint not null,
    hash        bytea not null,
    recorded_at timestamptz not null
);
insert into audit.head (number, hash, recorded_at) values (0, decode(repeat('00', 32), 'hex'), '-infinity');

-- Where the chain begins: the last record that was dropped for its age.
create table audit.anchor (
    one    boolean primary key default true check (one),
    number bigint not null,
    hash   bytea not null
);
insert into audit.anchor (number, hash) select number, hash from audit.head;

create table audit.records (
    number      bigint not null,
    recorded_at timestamptz not null,
    event_id    uuid not null,
    type        text not null,
    module      text not null,
    actor       uuid,
    subject     uuid not null,
    occurred_at timestamptz not null,
    -- SHA-256 of what is in audit.personal: that may be deleted, and the chain still holds.
    origin_hash bytea,
    names_hash  bytea,
    before      jsonb,
    after       jsonb not null,
    previous    bytea not null,
    hash        bytea not null,
    words       tsvector not null generated always as (
        to_tsvector('simple', replace(type, '.', ' '))
        || jsonb_to_tsvector('simple', coalesce(before, '{}'), '["string", "numeric"]')
        || jsonb_to_tsvector('simple', after, '["string", "numeric"]')) stored,
    primary key (recorded_at, number)
) partition by range (recorded_at);
create index records_by_number on audit.records (number);
create index records_by_actor on audit.records (actor, recorded_at, number);
create index records_by_subject on audit.records (subject, recorded_at, number);
create index records_by_type on audit.records (type text_pattern_ops, recorded_at, number);
create index records_by_module on audit.records (module, recorded_at, number);
create index records_by_words on audit.records using gin (words);

-- Addresses and names, by the person they are about.
create table audit.personal (
    number bigint not null,
    part   text not null check (part in ('origin', 'names')),
    person uuid not null,
    -- Without it, trying all addresses would find the one behind a hash.
    salt   bytea not null,
    data   jsonb not null,
    primary key (number, part)
);
create index personal_by_person on audit.personal (person);
create table audit.forgotten (
    person uuid primary key
);

create function audit.only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is only added to' using errcode = 'check_violation', constraint = 'audit_append_only';
end $$;
create trigger records_append_only before update or delete on audit.records for each row execute function audit.only_added_to();
create trigger records_never_emptied before truncate on audit.records for each statement execute function audit.only_added_to();

-- One form of each value, so that two records never have the same bytes. Written so that PostgreSQL puts these into the expression
-- that calls them, which takes a tenth of calling them: no int || text, which is only stable.
create function audit.field(value text) returns text language sql immutable as
$$ select coalesce(octet_length(value)::text || ':' || value, '-') || ',' $$;

create function audit.micros(value timestamptz) returns text language sql stable as
$$ select (extract(epoch from value) * 1000000)::bigint::text $$;

create function audit.hash_of(made audit.records) returns bytea language sql stable as $$
    select sha256(convert_to(
        audit.field(made.number::text) || audit.field(audit.micros(made.recorded_at)) || audit.field(made.event_id::text)
        || audit.field(made.type) || audit.field(made.module) || audit.field(made.actor::text) || audit.field(made.subject::text)
        || audit.field(audit.micros(made.occurred_at)) || audit.field(encode(made.origin_hash, 'hex')) || audit.field(encode(made.names_hash, 'hex'))
        || audit.field(made.before::text) || audit.field(made.after::text) || audit.field(encode(made.previous, 'hex')), 'UTF8'))
$$;

create function audit.hash_of(told audit.personal) returns bytea language sql immutable as
$$ select sha256(told.salt || convert_to(told.data::text, 'UTF8')) $$;

create function audit.ensure_month(moment timestamptz) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    first  timestamp := date_trunc('month', moment at time zone 'UTC');
    called text := 'records_' || to_char(first, 'YYYYMM');
begin
    if to_regclass('audit.' || called) is null then
        execute format(
            'create table audit.%I partition of audit.records for values from (%L) to (%L)',
            called, first at time zone 'UTC', (first + interval '1 month') at time zone 'UTC');
        execute format(
            'create trigger never_emptied before truncate on audit.%I for each statement execute function audit.only_added_to()', called);
    end if;
end $$;

create function audit.personal_part(number bigint, part text, person uuid, data jsonb) returns audit.personal language sql volatile as
$$ select number, part, person, decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), data $$;

-- Facts as an array of objects, in order.
create function audit.append(facts jsonb, moment timestamptz) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    last audit.head;
    fact jsonb;
    made audit.records;
    kept audit.personal;
    all_made audit.records[] := '{}';
    all_kept audit.personal[] := '{}';
begin
    select * into last from audit.head for update;
    made.recorded_at := greatest(last.recorded_at, least(moment, clock_timestamp()));
    perform audit.ensure_month(made.recorded_at);
    for fact in select value from jsonb_array_elements(facts) loop
        made.number := last.number + 1;
        made.event_id := (fact ->> 'id')::uuid;
        made.type := fact ->> 'type';
        made.module := fact ->> 'module';
        made.actor := (fact ->> 'actor')::uuid;
        made.subject := (fact ->> 'subject')::uuid;
        made.occurred_at := (fact ->> 'occurred_at')::timestamptz;
        made.before := nullif(fact -> 'before', 'null');
        made.after := fact -> 'after';
        made.origin_hash := null;
        made.names_hash := null;
        if fact ->> 'origin' is not null then
            kept := audit.personal_part(made.number, 'origin', coalesce(made.actor, made.subject), fact -> 'origin');
            made.origin_hash := audit.hash_of(kept);
            all_kept := array_append(all_kept, kept);
        end if;
        if fact ->> 'names' is not null then
            kept := audit.personal_part(made.number, 'names', made.subject, fact -> 'names');
            made.names_hash := audit.hash_of(kept);
            all_kept := array_append(all_kept, kept);
        end if;
        made.previous := last.hash;
        made.hash := audit.hash_of(made);
        all_made := array_append(all_made, made);
        last.number := made.number;
        last.hash := made.hash;
    end loop;
    -- All at once: a statement for each would cost several times what its row does.
    insert into audit.records (
        number, recorded_at, event_id, type, module, actor, subject, occurred_at, origin_hash, names_hash, before, after, previous, hash)
    select number, recorded_at, event_id, type, module, actor, subject, occurred_at, origin_hash, names_hash, before, after, previous, hash
    from unnest(all_made);
    -- What is told of somebody after they were forgotten is not kept.
    insert into audit.personal
    select * from unnest(all_kept) as told where not exists (select from audit.forgotten where forgotten.person = told.person);
    update audit.head set number = last.number, hash = last.hash, recorded_at = made.recorded_at;
end $$;

create function audit.forget(who uuid) returns void language sql
security definer set search_path = pg_catalog, pg_temp as $$
    insert into audit.forgotten values (who) on conflict do nothing;
    delete from audit.personal where person = who;
$$;

-- Months whose every record is older. A year stays, whoever calls this.
create function audit.drop_older(months int) returns int language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
    until   text := 'records_' || to_char((date_trunc('month', now() at time zone 'UTC') - make_interval(months => months)), 'YYYYMM');
    month   text;
    ended   audit.anchor;
    dropped int := 0;
begin
    if months is null or months < 12 then
        raise exception 'the audit trail is kept for 12 months at least' using errcode = 'check_violation', constraint = 'audit_kept_a_year';
    end if;
    perform from audit.head for update;
    for month in
        select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
        where inhparent = 'audit.records'::regclass and relname < until order by relname
    loop
        execute format('select true, number, hash from audit.%I order by number desc limit 1', month) into ended;
        if ended.number is not null then
            update audit.anchor set number = ended.number, hash = ended.hash;
            delete from audit.personal where number <= ended.number;
        end if;
        execute format('drop table audit.%I', month);
        dropped := dropped + 1;
    end loop;
    return dropped;
end $$;

do $$
declare
    application text := current_setting('portico.application');
begin
    revoke all on all functions in schema audit from public;
    execute format('grant usage on schema audit to %I', application);
    execute format('grant select on audit.head, audit.anchor, audit.records, audit.personal, audit.forgotten to %I', application);
    execute format(
        'grant execute on function audit.append(jsonb, timestamptz), audit.ensure_month(timestamptz), audit.forget(uuid), audit.drop_older(int) to %I',
        application);
end $$;
