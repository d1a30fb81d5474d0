-- The sandbox is a provider of its own, which only happens to live in this database: nothing but its own code looks in here.
create table sandbox_intents (
    id          text primary key,
    payment_id  uuid not null unique,
    amount      numeric not null,
    currency    text not null,
    status      text not null check (status in ('requires_payment_method', 'requires_action', 'succeeded', 'canceled')),
    failure     text,
    card        text,
    created_at  timestamptz not null
);
create table sandbox_refunds (
    id         text primary key,
    refund_id  uuid not null unique,
    intent_id  text not null references sandbox_intents,
    amount     numeric not null,
    status     text not null check (status in ('pending', 'succeeded', 'failed')),
    created_at timestamptz not null
);
-- Webhooks until they are taken.
create table sandbox_events (
    id         text primary key,
    payload    text not null,
    created_at timestamptz not null,
    attempts   int not null default 0,
    next_at    timestamptz not null
);
create index sandbox_events_due on sandbox_events (next_at);
