-- Codes that make whoever redeems one a manager of a location. Who has the code has the right: only its hash is kept.
create table invites (
    id          uuid primary key,
    code_hash   bytea not null unique check (length(code_hash) = 32),
    role        text not null check (role = 'manager'),
    location_id uuid not null references locations,
    note        text check (length(note) between 1 and 200),
    expires_at  timestamptz not null,
    created_by  uuid not null,
    created_at  timestamptz not null,
    redeemed_by uuid references people,
    redeemed_at timestamptz,
    revoked_at  timestamptz,
    check ((redeemed_by is null) = (redeemed_at is null)),
    check (redeemed_at is null or revoked_at is null)
);

-- The invite that gave a duty, until Auth has answered to it with the role. What Auth says of the role before that answer was
-- decided before it, and does not take this duty away.
alter table location_staff add column invite_id uuid references invites;
create unique index location_staff_once_per_invite on location_staff (invite_id) where invite_id is not null;
