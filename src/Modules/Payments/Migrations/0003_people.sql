-- Whoever has an account, as far as charging them needs to know. Auth owns the account: its facts arrive as events.
create table people (
    id       uuid primary key,
    username text not null,
    status   text not null default 'active' check (status in ('active', 'deleted'))
);
