-- One row per account. Auth owns the account: its facts arrive as events, and a nightly reconciliation mends what was missed.
create table profiles (
    id         uuid primary key,
    username   text not null,
    email      text,
    name       text,
    surname    text,
    role       text not null check (role in ('member', 'manager', 'admin', 'kiosk')),
    status     text not null default 'active' check (status in ('active', 'suspended', 'deleted')),
    language   text not null default 'en' check (language in ('en', 'it')),
    time_zone  text,
    created_at timestamptz not null
);
create index profiles_by_name on profiles (lower(username), id);
