-- How many people a team's membership pays for; null where it has none.
alter table teams add column seats int check (seats > 0);

create function guard_seats() returns trigger language plpgsql as $$
declare
    most int;
begin
    -- Whoever adds somebody else to the team waits, and then counts all of them.
    select seats into most from teams where id = new.team_id for no key update;
    if (select count(*) from team_members where team_id = new.team_id) > most then
        raise exception 'the team has not so many seats' using errcode = 'check_violation', constraint = 'team_members_seats';
    end if;
    return null;
end $$;
create trigger team_members_seats after insert on team_members for each row execute function guard_seats();
