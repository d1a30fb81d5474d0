-- The operator's places.
create table locations (
    id                 uuid primary key,
    name               text not null check (length(name) between 1 and 100),
    city               text check (length(city) between 1 and 100),
    address            text check (length(address) between 1 and 300),
    time_zone          text not null,
    currency           text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
    tax_percent        numeric(6, 3) not null default 0 check (tax_percent between 0 and 100),
    prices_include_tax boolean not null default true,
    -- The doors; whoever is still in then is taken to have left.
    closes_at          time not null default '22:00',
    opening_hours      jsonb not null check (jsonb_typeof(opening_hours) = 'array') default
        '[{"day": "monday", "opens": "08:00", "closes": "20:00"},
          {"day": "tuesday", "opens": "08:00", "closes": "20:00"},
          {"day": "wednesday", "opens": "08:00", "closes": "20:00"},
          {"day": "thursday", "opens": "08:00", "closes": "20:00"},
          {"day": "friday", "opens": "08:00", "closes": "20:00"}]',
    retired_at         timestamptz,
    created_at         timestamptz not null
);
-- A retired one leaves its name to the next.
create unique index locations_name on locations (lower(name)) where retired_at is null;

-- Days that are not like their weekday: these hours instead, none when closed.
create table opening_exceptions (
    location_id uuid not null references locations,
    day         date not null check (day between '2000-01-01' and '2100-01-01'),
    hours       jsonb not null check (jsonb_typeof(hours) = 'array'),
    reason      text check (length(reason) between 1 and 200),
    primary key (location_id, day)
);

-- Who works where: managers run the locations they are named for, kiosks scan passes at theirs.
create table location_staff (
    location_id uuid not null references locations,
    account_id  uuid not null references people,
    duty        text not null check (duty in ('manager', 'kiosk')),
    added_by    uuid not null,
    added_at    timestamptz not null,
    primary key (location_id, account_id)
);
-- A device stands at one door.
create unique index location_staff_one_door on location_staff (account_id) where duty = 'kiosk';
create index location_staff_by_account on location_staff (account_id);
