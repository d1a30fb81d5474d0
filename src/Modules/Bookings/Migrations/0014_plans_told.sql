-- Which plan each member has: that of the team, or that there is none; without a team the own one.
create view held_plans as
select team_members.member_id, teams.plan_id, teams.id as team_id, team_members.added_at as since
from team_members join teams on teams.id = team_members.team_id
where teams.plan_id is not null
union all
select member_id, plan_id, null, since from member_plans
where not exists (select from team_members where team_members.member_id = member_plans.member_id);

-- Which plan of theirs the other modules were told of last; none where there is no plan.
create table plans_told (
    member_id uuid primary key references people,
    plan_id   uuid references plans
);
