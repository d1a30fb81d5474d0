-- The tax in a price, in percent. Null where nobody said: then it is what the house says when a document is written.
alter table transactions add tax_percent numeric check (tax_percent between 0 and 100 and scale(tax_percent) <= 3);

alter table postings drop constraint postings_kind_check;
alter table postings add constraint postings_kind_check
    check (kind in ('charge', 'payment', 'cancellation', 'refund', 'refund_returned', 'dispute_lost', 'adjustment'));

-- How far each series has come in each year. Its row is locked from the number's being given until the change ends, and gives it
-- back when that is undone: no number is missing and none is there twice.
create table document_numbers (
    kind text not null,
    year int not null check (year between 2000 and 9999),
    last int not null check (last > 0),
    primary key (kind, year)
);

create function sum_of(list jsonb, field text) returns numeric language sql immutable as
$$ select coalesce(sum((one ->> field)::numeric), 0) from jsonb_array_elements(list) as one $$;

-- What a member has in hands, with everything in it as it was then.
create table documents (
    id             uuid primary key,
    kind           text not null check (kind in ('receipt', 'invoice', 'credit_note')),
    -- By the calendar of the house.
    year           int not null,
    number         int not null,
    name           text not null unique generated always as (
        case kind when 'receipt' then 'R' when 'invoice' then 'I' else 'C' end
        || '-' || year::text || '-' || case when number < 1000000 then lpad(number::text, 6, '0') else number::text end) stored,
    member_id      uuid not null,
    buyer          text not null,
    seller         jsonb not null,
    currency       text not null check (currency ~ '^[A-Z]{3}$'),
    total          numeric not null check (total >= 0),
    lines          jsonb not null,
    taxes          jsonb not null,
    payment_id     uuid references payments,
    refund_id      uuid references refunds,
    transaction_id uuid references transactions,
    -- What a credit note takes from.
    about          uuid references documents,
    period_from    date,
    period_to      date,
    issued_at      timestamptz not null,
    unique (kind, year, number),
    constraint documents_add_up check (sum_of(lines, 'amount') = total and sum_of(taxes, 'net') + sum_of(taxes, 'tax') = total),
    check ((kind = 'invoice') = (payment_id is null)),
    check (kind <> 'credit_note' or (refund_id is not null and about is not null))
);
create index documents_by_member on documents (member_id, id);
-- Of a payment one receipt, and one more for each refund of it that a bank sent back.
create unique index documents_one_receipt on documents (payment_id) where kind = 'receipt' and refund_id is null;
create unique index documents_one_per_refund on documents (kind, refund_id) where refund_id is not null;
create unique index documents_one_invoice on documents (transaction_id) where kind = 'invoice';

create function number_document() returns trigger language plpgsql as $$
begin
    insert into document_numbers as counter (kind, year, last) values (new.kind, new.year, 1)
    on conflict (kind, year) do update set last = counter.last + 1
    returning last into new.number;
    return new;
end $$;
create trigger documents_number before insert on documents for each row execute function number_document();

create function guard_document_numbers() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'only documents count' using errcode = 'check_violation', constraint = 'document_numbers_by_documents';
    end if;
    return null;
end $$;
create trigger document_numbers_guard before insert or update or delete or truncate on document_numbers
    for each statement execute function guard_document_numbers();
create trigger documents_append_only before update or delete or truncate on documents for each statement execute function never_change();
