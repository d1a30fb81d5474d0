-- A membership that a team has: an account pays for all of its seats, and its people have the plan.
alter table memberships
    -- In Bookings; null where it is the member's own.
    add column team_id uuid,
    -- As documents name it.
    add column team    text check (length(team) between 1 and 100),
    add column seats   int not null default 1 check (seats between 1 and 1000),
    add constraint memberships_of_teams check ((team_id is null) = (team is null) and (team_id is not null or seats = 1));
drop index memberships_live;
create unique index memberships_live on memberships (member_id) where status <> 'ended' and team_id is null;
create unique index memberships_team_live on memberships (team_id) where status <> 'ended';
create index memberships_by_team on memberships (team_id, id) where team_id is not null;

-- How many it was charged for; the price is that of all of them.
alter table membership_periods add column seats int not null default 1 check (seats between 1 and 1000);
