-- Whoever has an account, as far as bookings need to know. Auth owns the account: its facts arrive as events.
create table people (
    id       uuid primary key,
    username text not null,
    name     text,
    surname  text,
    role     text not null check (role in ('member', 'manager', 'admin', 'kiosk')),
    status   text not null default 'active' check (status in ('active', 'suspended', 'deleted'))
);
