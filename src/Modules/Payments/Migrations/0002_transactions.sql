-- What somebody owes, or owed.
create table transactions (
    id          uuid primary key,
    member_id   uuid not null,
    amount      numeric not null check (amount > 0 and amount < 1e12 and scale(amount) <= 4),
    currency    text not null check (currency ~ '^[A-Z]{3}$'),
    description text not null check (length(description) between 1 and 500),
    status      text not null default 'owed' check (status in ('owed', 'paid', 'cancelled')),
    created_by  uuid not null,
    created_at  timestamptz not null,
    settled_at  timestamptz,
    -- What is owed for a booking is paid before the booking stands, and does not count to what may be owed on account.
    booking_id  uuid,
    -- Nobody wants it paid any more; it is cancelled once no payment of it is under way.
    called_off  text,
    check ((status = 'owed') = (settled_at is null))
);
create index transactions_by_member on transactions (member_id, id);
create index transactions_owed on transactions (member_id) where status = 'owed';
create index transactions_by_booking on transactions (booking_id) where booking_id is not null;

alter table entries add foreign key (transaction_id) references transactions;

-- Owed once, settled once, and never again something else.
create function transaction_may_change() returns trigger language plpgsql as $$
begin
    if old.status <> 'owed' or (new.member_id, new.amount, new.currency, new.booking_id, new.created_by, new.created_at)
        is distinct from (old.member_id, old.amount, old.currency, old.booking_id, old.created_by, old.created_at) then
        raise exception 'a transaction that is % stays as it is', old.status using errcode = 'check_violation', constraint = 'transactions_settle_once';
    end if;
    return new;
end $$;
create trigger transactions_settle_once before update on transactions for each row execute function transaction_may_change();
create trigger transactions_never_deleted before delete or truncate on transactions for each statement execute function never_change();

-- A transaction and the book say the same, whatever was written last: what is owed is debited to its member and nothing else is.
create function transaction_is_booked() returns trigger language plpgsql set enable_seqscan = off set enable_hashjoin = off as $$
declare
    booked numeric;
begin
    select coalesce(sum(entries.amount), 0) into booked
    from entries join ledger_accounts as account on account.id = entries.account_id
    where entries.transaction_id = new.id and account.member_id = new.member_id and account.currency = new.currency;
    if booked <> (select case status when 'owed' then amount else 0 end from transactions where id = new.id) then
        raise exception 'transaction % is not booked as it is', new.id using errcode = 'check_violation', constraint = 'transactions_booked';
    end if;
    return null;
end $$;
create constraint trigger transactions_booked after insert or update on transactions
    deferrable initially deferred for each row execute function transaction_is_booked();
