-- Money on its way: asked of a provider, or taken by staff.
create table payments (
    id           uuid primary key,
    member_id    uuid not null,
    -- The booking it is for; null when it is for what is owed on account.
    booking_id   uuid,
    amount       numeric not null check (amount > 0 and amount < 1e12 and scale(amount) <= 4),
    currency     text not null check (currency ~ '^[A-Z]{3}$'),
    provider     text not null check (provider in ('sandbox', 'stripe', 'desk', 'self')),
    -- The provider's name for it. None yet: the provider has not answered, and is asked again.
    provider_ref text,
    -- The words of Stripe's payment intents, and creating before there is one.
    status       text not null check (status in ('creating', 'requires_payment_method', 'requires_action', 'processing', 'succeeded', 'canceled')),
    -- Why the card was declined the last time, and how often it was.
    failure      text,
    declines     int not null default 0,
    -- It is not wanted any more; the provider is asked to call it off, and says what became of it.
    unwanted     text,
    refunded     numeric not null default 0,
    dispute      text check (dispute in ('open', 'won', 'lost')),
    -- When the provider is to be asked about it next, and how often it was.
    ask_at       timestamptz,
    asked        int not null default 0,
    created_by   uuid not null,
    created_at   timestamptz not null,
    settled_at   timestamptz,
    unique (provider, provider_ref),
    constraint payments_refunded check (refunded >= 0 and refunded <= amount),
    check ((status in ('succeeded', 'canceled')) = (settled_at is not null))
);
create index payments_by_member on payments (member_id, id);
create index payments_by_booking on payments (booking_id) where booking_id is not null;
create index payments_to_ask on payments (ask_at) where ask_at is not null;

-- What a payment is for.
create table payment_lines (
    payment_id     uuid not null references payments,
    transaction_id uuid not null references transactions,
    amount         numeric not null check (amount > 0),
    -- Until the payment fails, or the transaction is settled otherwise.
    live           boolean not null default true,
    refunded       numeric not null default 0,
    check (refunded >= 0 and refunded <= amount),
    primary key (payment_id, transaction_id)
);
-- Nothing is being paid twice at once, or paid by two payments.
create unique index payment_lines_live on payment_lines (transaction_id) where live;

create table refunds (
    id           uuid primary key,
    payment_id   uuid not null references payments,
    amount       numeric not null check (amount > 0 and scale(amount) <= 4),
    status       text not null check (status in ('creating', 'pending', 'succeeded', 'failed')),
    provider_ref text unique,
    failure      text,
    reason       text not null check (length(reason) between 1 and 500),
    -- What it was given back for; at most once each.
    cause        text unique,
    ask_at       timestamptz,
    asked        int not null default 0,
    created_by   uuid not null,
    created_at   timestamptz not null,
    settled_at   timestamptz,
    check ((status in ('succeeded', 'failed')) = (settled_at is not null))
);
create index refunds_by_payment on refunds (payment_id, id);
create index refunds_to_ask on refunds (ask_at) where ask_at is not null;
create index refunds_open on refunds (created_at) where status in ('creating', 'pending');

-- Never more is given back than came in, whoever writes and however: the payment counts what its refunds are, and has its check.
create function count_refund() returns trigger language plpgsql as $$
begin
    update payments set refunded = refunded
        + case when new.status <> 'failed' then new.amount else 0 end
        - case when tg_op = 'UPDATE' and old.status <> 'failed' then old.amount else 0 end
    where id = new.payment_id and status = 'succeeded';
    if not found then
        raise exception 'only what was paid is given back' using errcode = 'check_violation', constraint = 'refunds_of_paid';
    end if;
    return null;
end $$;
create trigger refunds_count after insert or update on refunds for each row execute function count_refund();

create function payment_may_change() returns trigger language plpgsql as $$
begin
    if old.status in ('succeeded', 'canceled') and new.status <> old.status
        or (new.member_id, new.booking_id, new.amount, new.currency, new.provider) is distinct from (old.member_id, old.booking_id, old.amount, old.currency, old.provider) then
        raise exception 'a payment that is % stays as it is', old.status using errcode = 'check_violation', constraint = 'payments_settle_once';
    end if;
    if new.refunded <> old.refunded and pg_trigger_depth() < 2 then
        raise exception 'only refunds move what was given back' using errcode = 'check_violation', constraint = 'payments_by_refunds';
    end if;
    return new;
end $$;
create trigger payments_settle_once before update on payments for each row execute function payment_may_change();
create trigger payments_never_deleted before delete or truncate on payments for each statement execute function never_change();
create trigger refunds_never_deleted before delete or truncate on refunds for each statement execute function never_change();

-- What providers told, each once and whatever it was.
create table provider_events (
    id          text primary key,
    provider    text not null,
    type        text not null,
    created_at  timestamptz not null,
    payload     jsonb not null,
    received_at timestamptz not null,
    -- applied, unchanged (it told nothing new), unknown_payment, unknown_type
    outcome     text not null
);
create index provider_events_received on provider_events (received_at);

-- What the nightly comparison with the provider found, until a later one does not find it any more.
create table differences (
    provider     text not null,
    provider_ref text not null,
    kind         text not null check (kind in ('unknown_here', 'unknown_there', 'other_status', 'other_amount')),
    payment_id   uuid,
    here         text,
    there        text,
    found_at     timestamptz not null,
    seen_at      timestamptz not null,
    primary key (provider, provider_ref, kind)
);
create table comparisons (
    provider text primary key,
    compared int not null,
    at       timestamptz not null
);

-- Bookings that are to be paid: what is changed about any other costs nobody anything yet.
create table charged_bookings (
    booking_id uuid primary key
);
