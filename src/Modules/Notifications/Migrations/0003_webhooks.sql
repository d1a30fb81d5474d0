-- Where others are told of facts by HTTP. Whoever is removed stays without a secret: the log of what they were sent does too.
create table webhook_endpoints (
    id              uuid primary key,
    url             text not null check (url ~ '^https?://'),
    description     text,
    topics          text[] not null,
    types           text[] not null,
    secret          text,
    created_by      uuid not null,
    created_at      timestamptz not null,
    failing_since   timestamptz,
    disabled_at     timestamptz,
    disabled_reason text check (disabled_reason in ('by_hand', 'failing')),
    removed_at      timestamptz,
    check ((disabled_at is null) = (disabled_reason is null)),
    check ((removed_at is null) = (secret is not null)),
    check (cardinality(topics) + cardinality(types) > 0)
);

-- The member of a webhook is the key of its fact.
alter table deliveries
    add column endpoint_id uuid references webhook_endpoints,
    drop constraint deliveries_channel_check,
    drop constraint deliveries_event_id_channel_member_id_kind_key,
    add constraint deliveries_channel_check check (channel in ('email', 'in_app', 'webhook')),
    add constraint deliveries_endpoint_check check ((channel = 'webhook') = (endpoint_id is not null)),
    add constraint deliveries_once unique nulls not distinct (event_id, channel, member_id, kind, endpoint_id);
create index deliveries_of_endpoint on deliveries (endpoint_id, id desc) where endpoint_id is not null;

-- Every time something was sent to one of them, and what became of it.
create table webhook_attempts (
    id           uuid primary key,
    endpoint_id  uuid not null references webhook_endpoints,
    delivery_id  uuid not null,
    type         text not null,
    at           timestamptz not null,
    status_code  int,
    failure      text,
    milliseconds int not null
);
create index webhook_attempts_of_endpoint on webhook_attempts (endpoint_id, id desc);
create index webhook_attempts_by_age on webhook_attempts (at);
