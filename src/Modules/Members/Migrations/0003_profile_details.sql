-- What members say of themselves; who they are is Auth's to say.
alter table profiles
    add column phone        text check (length(phone) between 1 and 40),
    add column company      text check (length(company) between 1 and 100),
    add column bio          text check (length(bio) between 1 and 1000),
    add column suspended_at timestamptz,
    add constraint profiles_suspended check (status <> 'suspended' or suspended_at is not null);
