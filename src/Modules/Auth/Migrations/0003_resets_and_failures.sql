-- The newest request for a new password, by SHA-256 of its token: asking again replaces it, using it deletes it.
-- Requests for people there are none of leave a row as well, under an id of nobody's, so that they cost the same.
create table password_resets (
    account_id uuid primary key,
    token_hash bytea not null unique,
    expires_at timestamptz not null
);

-- Failed proofs of identity. `who` was tried (a name, whether it exists or not, or a signed-in session), from `place`
-- (a network); either is empty where it does not matter.
create table login_failures (
    who           text not null,
    place         text not null,
    failures      int not null,
    window_start  timestamptz not null,
    blocked_until timestamptz,
    primary key (who, place)
);

alter table auth_log add column detail text;
create index auth_log_by_action on auth_log (action, id desc);
create index auth_log_by_address on auth_log (address, id desc);
create index auth_log_by_time on auth_log using brin (at);

create index accounts_by_name on accounts (lower(username), id);
