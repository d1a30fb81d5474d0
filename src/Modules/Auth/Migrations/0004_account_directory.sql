-- What Members compares its profiles with every night. Nothing else of this database is for others to read.
create view account_directory as
    select id, username, email, name, surname, role, status, created_at from accounts;

do $$
begin
    if exists (select from pg_roles where rolname = 'portico_directory') then
        grant usage on schema public to portico_directory;
        grant select on account_directory to portico_directory;
    end if;
end $$;
