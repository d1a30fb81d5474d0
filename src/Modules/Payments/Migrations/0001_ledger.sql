-- Double entry. Every posting moves an amount from some accounts to others, and nothing is ever taken out of the book: what was
-- wrong is posted back.
create table ledger_accounts (
    id        bigint primary key generated always as identity,
    -- receivable: what a member owes on account. due: what a member is to pay before a booking stands.
    -- revenue: what was charged. received: what was paid. unapplied: what was paid and nothing was owed for, to be given back.
    -- disputed: what a bank took back.
    kind      text not null check (kind in ('receivable', 'due', 'revenue', 'received', 'unapplied', 'disputed')),
    member_id uuid,
    currency  text not null check (currency ~ '^[A-Z]{3}$'),
    -- Of members only: debits less credits, kept by the entries and by nobody else. The house's accounts would make all members
    -- queue for one row; theirs is the sum of their entries.
    balance   numeric check (balance >= 0),
    -- How much a member may owe on account. What would go beyond is refused; a balance that was beyond before may stay.
    most      numeric check (most >= 0),
    check ((kind in ('receivable', 'due')) = (member_id is not null)),
    check ((member_id is not null) = (balance is not null)),
    check ((kind = 'receivable') = (most is not null)),
    unique nulls not distinct (kind, currency, member_id)
);

create table postings (
    id      uuid primary key,
    kind    text not null check (kind in ('charge', 'payment', 'cancellation', 'refund', 'refund_returned', 'dispute_lost')),
    made_by uuid not null,
    reason  text check (length(reason) between 1 and 500),
    at      timestamptz not null
);

create table entries (
    posting_id     uuid not null references postings,
    account_id     bigint not null references ledger_accounts,
    transaction_id uuid not null,
    -- Debits are positive.
    amount         numeric not null check (amount <> 0 and abs(amount) < 1e12 and scale(amount) <= 4),
    primary key (posting_id, account_id, transaction_id)
);
create index entries_by_account on entries (account_id);
create index entries_by_transaction on entries (transaction_id);

-- Each of these asks for few rows by an index. A session keeps the plan it made first, and that may have been when the tables were
-- empty and reading all of them was quicker. They run once per statement: for each row alone they would cost more than the row.
create function postings_balance() returns trigger language plpgsql set enable_seqscan = off set enable_hashjoin = off as $$
begin
    if exists (
        select from (select distinct posting_id from written) as posting
        join entries using (posting_id) join ledger_accounts as account on account.id = entries.account_id
        group by posting_id, account.currency having sum(entries.amount) <> 0) then
        raise exception 'the entries of a posting do not add up to nothing' using errcode = 'check_violation', constraint = 'entries_balance';
    end if;
    return null;
end $$;
create trigger entries_balance after insert on entries referencing new table as written for each statement execute function postings_balance();

create function keep_balances() returns trigger language plpgsql set enable_seqscan = off set enable_hashjoin = off as $$
begin
    update ledger_accounts as account set balance = balance + moved.amount
    from (select account_id, sum(amount) as amount from written group by account_id) as moved
    where account.id = moved.account_id and account.member_id is not null;
    return null;
end $$;
create trigger entries_keep_balances after insert on entries referencing new table as written for each statement execute function keep_balances();

create function guard_balance() returns trigger language plpgsql as $$
begin
    if new.balance is distinct from old.balance and pg_trigger_depth() < 2 then
        raise exception 'only entries move a balance' using errcode = 'check_violation', constraint = 'ledger_accounts_by_entries';
    end if;
    if new.balance > old.balance and new.balance > new.most then
        raise exception 'a member may not owe so much' using errcode = 'check_violation', constraint = 'ledger_accounts_most';
    end if;
    return new;
end $$;
create trigger ledger_accounts_guard before update on ledger_accounts for each row execute function guard_balance();

create function never_change() returns trigger language plpgsql as $$
begin
    raise exception '% is only added to', tg_table_name using errcode = 'check_violation', constraint = 'ledger_append_only';
end $$;
create trigger postings_append_only before update or delete or truncate on postings for each statement execute function never_change();
create trigger entries_append_only before update or delete or truncate on entries for each statement execute function never_change();
