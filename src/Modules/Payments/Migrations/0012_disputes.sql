-- What its bank took of a payment whose dispute was lost. With what was given back it is never more than came in, whoever writes.
alter table payments
    add column taken numeric not null default 0,
    drop constraint payments_refunded,
    add constraint payments_refunded check (refunded >= 0 and refunded + taken <= amount),
    add constraint payments_taken check (taken = 0 or (taken > 0 and dispute = 'lost'));

alter table payment_lines
    add column taken numeric not null default 0 check (taken >= 0),
    add constraint payment_lines_gone check (refunded + taken <= amount);
