-- The network the session was opened from: an IPv4 address, or the /64 of an IPv6 one. See Domain/Caller.cs.
alter table sessions add column network text not null default '';
alter table sessions add column refreshed_at timestamptz;

-- When the password became what it is. A sign-in that verified an older one finds that it differs and is refused.
alter table accounts add column password_set_at timestamptz not null default now();

-- Refresh tokens by SHA-256. A used one is kept as long as its session: seeing it again means that somebody has a copy.
create table refresh_tokens (
    token_hash bytea primary key,
    session_id uuid not null references sessions on delete cascade,
    issued_at  timestamptz not null,
    used_at    timestamptz
);
create unique index refresh_tokens_one_unused on refresh_tokens (session_id) where used_at is null;
create index refresh_tokens_of_session on refresh_tokens (session_id);
