-- What is left over of a membership that has ended, until it has gone back. What ended before this was written stays with staff, in credit.
alter table memberships
    add column left_over numeric not null default 0 check (left_over >= 0),
    add constraint memberships_left_over_when_ended check (left_over = 0 or status = 'ended');
create index memberships_left_over on memberships (id) where left_over > 0;

-- Over once, and what was left over then only becomes less.
create function membership_may_change() returns trigger language plpgsql as $$
begin
    if old.status = 'ended' and (new.left_over > old.left_over
        or (new.status, new.credit, new.ended_at) is distinct from (old.status, old.credit, old.ended_at)) then
        raise exception 'a membership that is over stays so' using errcode = 'check_violation', constraint = 'memberships_end_once';
    end if;
    return new;
end $$;
create trigger memberships_end_once before update on memberships for each row execute function membership_may_change();

-- What of its payment it is for, where it is for one thing: that goes back before all else.
alter table refunds add column transaction_id uuid references transactions;
