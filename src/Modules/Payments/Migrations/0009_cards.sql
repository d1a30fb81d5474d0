-- Whom a provider knows a member as. Of the member it is told our id and nothing else.
create table customers (
    member_id    uuid not null,
    provider     text not null check (provider in ('sandbox', 'stripe')),
    -- The provider's name for it; none before it has answered.
    provider_ref text,
    -- The account is deleted: it goes at the provider's too, and all its cards with it.
    unwanted     boolean not null default false,
    gone_at      timestamptz,
    ask_at       timestamptz,
    asked        int not null default 0,
    created_at   timestamptz not null,
    primary key (member_id, provider),
    unique (provider, provider_ref)
);
create index customers_to_ask on customers (ask_at) where ask_at is not null;

-- Saved cards. The number is with the provider and was never here.
create table cards (
    id              uuid primary key,
    member_id       uuid not null,
    provider        text not null,
    -- The provider's name for the saving of it; none where it was saved with a payment.
    setup_ref       text,
    payment_id      uuid unique references payments,
    -- The provider's name for the card, once there is one.
    provider_ref    text,
    status          text not null check (status in ('creating', 'open', 'saved', 'removed', 'abandoned')),
    -- Why it was declined the last time.
    failure         text,
    brand           text check (length(brand) between 1 and 50),
    last4           text check (last4 ~ '^[0-9]{4}$'),
    exp_month       int check (exp_month between 1 and 12),
    exp_year        int check (exp_year between 2000 and 9999),
    -- Memberships are collected with it.
    is_default      boolean not null default false,
    -- It becomes the default once it is saved.
    for_memberships boolean not null default false,
    ask_at          timestamptz,
    asked           int not null default 0,
    created_at      timestamptz not null,
    foreign key (member_id, provider) references customers,
    unique (provider, setup_ref),
    unique (provider, provider_ref),
    check (status <> 'saved' or (provider_ref is not null and brand is not null and last4 is not null and exp_month is not null and exp_year is not null)),
    check (not is_default or status = 'saved')
);
create unique index cards_default on cards (member_id, provider) where is_default;
create index cards_by_member on cards (member_id, id);
create index cards_to_ask on cards (ask_at) where ask_at is not null;

alter table payments
    -- Its card is kept for later.
    add column save_card boolean not null default false,
    -- The saved card that it is taken from without its owner being there.
    add column card_id   uuid references cards;

-- Each fee is asked of a card once when it is charged and once on each day of a reminder, whoever runs and however often.
create table collections (
    transaction_id uuid not null references membership_fees,
    attempt        int not null check (attempt > 0),
    payment_id     uuid not null unique references payments,
    at             timestamptz not null,
    primary key (transaction_id, attempt)
);
create trigger collections_append_only before update or delete or truncate on collections for each statement execute function never_change();

-- The sandbox's side.
create table sandbox_customers (
    id        text primary key,
    member_id uuid not null unique
);
create table sandbox_cards (
    id          text primary key,
    customer_id text not null references sandbox_customers on delete cascade,
    -- Which of the test cards it is.
    card        text not null,
    brand       text not null,
    last4       text not null,
    exp_month   int not null,
    exp_year    int not null,
    -- Given and accepted, and not taken away again.
    attached    boolean not null default false
);
create table sandbox_setups (
    id             text primary key,
    card_id        uuid not null unique,
    customer_id    text not null references sandbox_customers on delete cascade,
    status         text not null check (status in ('requires_payment_method', 'requires_action', 'succeeded', 'canceled')),
    failure        text,
    payment_method text references sandbox_cards on delete cascade
);
alter table sandbox_intents
    add column customer_id    text,
    add column save_card      boolean not null default false,
    add column payment_method text;

-- What a bank took back for good takes from its receipt as a refund does, once.
alter table documents
    drop constraint documents_check1,
    add constraint documents_credit_note check (kind <> 'credit_note' or about is not null);
create unique index documents_one_lost_dispute on documents (payment_id) where kind = 'credit_note' and refund_id is null;
