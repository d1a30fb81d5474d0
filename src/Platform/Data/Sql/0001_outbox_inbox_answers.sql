-- Facts on their way out. A row is deleted once every consumer has it.
create table outbox (
    position        bigint generated always as identity primary key,
    id              uuid not null unique,
    type            text not null,
    topic           text not null,
    key             uuid not null,
    payload         text not null,
    trace_parent    text,
    occurred_at     timestamptz not null,
    attempts        int not null default 0,
    next_attempt_at timestamptz,
    failure         text,
    parked_at       timestamptz
);
create index outbox_waiting on outbox (next_attempt_at) where next_attempt_at is not null;

-- Facts that came in, once per consumer: inserted in the transaction of the consumer's effect.
create table inbox (
    event_id    uuid not null,
    consumer    text not null,
    received_at timestamptz not null default now(),
    primary key (event_id, consumer)
);
create index inbox_by_age on inbox (received_at);

-- First answers to writes that came with an Idempotency-Key.
create table answers (
    caller       text not null,
    key          text not null,
    request_hash bytea not null,
    status       int,
    content_type text,
    location     text,
    body         bytea,
    created_at   timestamptz not null default now(),
    primary key (caller, key)
);
create index answers_by_age on answers (created_at);
