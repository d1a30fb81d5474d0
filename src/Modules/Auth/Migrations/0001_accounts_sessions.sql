create table accounts (
    id                   uuid primary key,
    username             text not null check (length(username) between 1 and 64),
    email                text check (length(email) <= 254),
    name                 text,
    surname              text,
    role                 text not null check (role in ('member', 'manager', 'admin', 'kiosk')),
    status               text not null default 'active' check (status in ('active', 'suspended', 'deleted')),
    status_reason        text,
    password_hash        text,
    must_change_password boolean not null default false,
    created_at           timestamptz not null,
    last_login_at        timestamptz,
    deleted_at           timestamptz,
    check (status = 'deleted' or password_hash is not null)
);
-- One name, one account, however it is written; a deleted account gives its name back.
create unique index accounts_username on accounts (lower(username)) where status <> 'deleted';
create unique index accounts_email on accounts (lower(email)) where status <> 'deleted';
create index accounts_by_role on accounts (role) where status = 'active';

-- The last active administrator stays one. The lock makes racers queue: each sees what the one before it left.
create function keep_an_admin() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('last-admin', 0));
    if not exists (select from accounts where role = 'admin' and status = 'active' and id <> old.id) then
        raise exception 'the last administrator' using errcode = 'PT001';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_an_admin_on_update before update on accounts for each row
    when (old.role = 'admin' and old.status = 'active' and (new.role <> 'admin' or new.status <> 'active'))
    execute function keep_an_admin();
create trigger keep_an_admin_on_delete before delete on accounts for each row
    when (old.role = 'admin' and old.status = 'active')
    execute function keep_an_admin();

create table sessions (
    id         uuid primary key,
    account_id uuid not null references accounts,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    address    text not null,
    agent      text not null,
    ended_at   timestamptz,
    end_reason text
);
create index sessions_of_account on sessions (account_id, created_at desc);

-- Sessions ended before their tokens expire, in commit order: see Sessions/EndedSessions.cs.
create table ended_sessions (
    position         bigint generated always as identity primary key,
    session_id       uuid not null unique,
    tokens_expire_at timestamptz not null
);

create table auth_log (
    id         uuid primary key,
    at         timestamptz not null,
    action     text not null,
    outcome    text not null,
    account_id uuid,
    username   text not null,
    actor_id   uuid,
    address    text not null,
    agent      text not null
);
create index auth_log_by_account on auth_log (account_id, id desc);
create index auth_log_by_outcome on auth_log (outcome, id desc);
