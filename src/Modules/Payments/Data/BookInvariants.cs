using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>What is true of the book and of everything that is written in it.</summary>
internal static class BookInvariants
{
    public static readonly IReadOnlyList<Invariant> All =
    [
        new(
            "the entries of every posting add up to nothing",
            """
            select format('%s is out by %s %s', posting_id, sum(amount), currency)
            from entries join ledger_accounts as account on account.id = account_id
            group by posting_id, currency having sum(amount) <> 0
            """),
        new(
            "every posting has entries",
            "select id::text from postings where not exists (select from entries where posting_id = postings.id)"),
        new(
            "every balance is the sum of its entries",
            """
            select format('%s of %s has %s %s, and its entries say %s', kind, member_id, balance, currency, coalesce(booked, 0))
            from ledger_accounts as account
            left join (select account_id, sum(amount) as booked from entries group by account_id) as entry on entry.account_id = account.id
            where balance <> coalesce(booked, 0)
            """),
        new(
            "every balance is what its member's transactions say is owed",
            """
            select format('%s of %s has %s %s, and the transactions say %s', kind, account.member_id, balance, account.currency, coalesce(amount, 0))
            from ledger_accounts as account
            left join (
                select member_id, currency, case when booking_id is not null then 'due' when fee is not null then 'fees' else 'receivable' end as kind, sum(amount) as amount
                from transactions where status = 'owed' group by 1, 2, 3) as owed using (member_id, currency, kind)
            where balance <> coalesce(amount, 0)
            """),
        new(
            "every period of a membership was charged its price, less the credit",
            """
            select format('%s from %s costs %s less %s, and was charged %s', membership_id, period_start, price, credit_used, coalesce(amount, 0))
            from membership_periods left join transactions on transactions.id = transaction_id
            where price - credit_used <> coalesce(amount, 0)
            """),
        new(
            "every transaction is paid by one payment or by none",
            """
            select format('%s is %s, and %s payments settle it', transactions.id, transactions.status, count(payments.id))
            from transactions
            left join payment_lines as line on line.transaction_id = transactions.id and live
            left join payments on payments.id = payment_id and payments.status = 'succeeded'
            group by transactions.id
            having count(payments.id) <> case transactions.status when 'paid' then 1 else 0 end
            """),
        new(
            "every payment is the sum of what it is for",
            """
            select format('%s is %s, and its lines are %s', payments.id, payments.amount, sum(line.amount))
            from payments left join payment_lines as line on line.payment_id = payments.id
            group by payments.id having payments.amount is distinct from sum(line.amount)
            """),
        new(
            "every payment gave back what its refunds are",
            """
            select format('%s gave back %s, its refunds are %s, its lines say %s', payments.id, refunded, wanted, of_lines)
            from payments,
                 lateral (select coalesce(sum(refunds.amount) filter (where refunds.status <> 'failed'), 0) as wanted,
                                 coalesce(sum(refunds.amount) filter (where refunds.status = 'succeeded'), 0) as given
                          from refunds where payment_id = payments.id) as refund,
                 lateral (select coalesce(sum(line.refunded), 0) as of_lines from payment_lines as line where payment_id = payments.id) as line
            where refunded <> wanted or of_lines <> given
            """),
        new(
            "every payment lost what its bank took of what it is for",
            """
            select format('%s lost %s, and its lines say %s', payments.id, payments.taken, sum(line.taken))
            from payments join payment_lines as line on line.payment_id = payments.id
            group by payments.id having payments.taken <> sum(line.taken)
            """),
        new(
            "what went back of what a membership left over was paid for it",
            """
            select format('%s gave back %s for %s, which was paid %s', refunds.id, refunds.amount, cause, coalesce(line.amount, 0))
            from refunds
            left join membership_fees as fee on cause = 'left_over:' || fee.transaction_id
            left join payment_lines as line on line.payment_id = refunds.payment_id and line.transaction_id = fee.transaction_id
            where cause like 'left_over:%' and (line.amount is null or refunds.amount > line.amount or refunds.transaction_id <> fee.transaction_id)
            """),
        new(
            "everything collected for a membership is its amount, of its member's card",
            """
            select format('%s takes %s for %s, which is %s', payments.id, payments.amount, transactions.id, transactions.amount)
            from collections join payments on payments.id = collections.payment_id join transactions on transactions.id = collections.transaction_id
            left join cards on cards.id = payments.card_id
            where payments.amount <> transactions.amount or payments.member_id <> transactions.member_id or cards.member_id is distinct from payments.member_id
            """),
        new(
            "the house has what was paid and did not go back",
            """
            select format('received has %s %s, and the payments say %s', coalesce(booked, 0), currency, coalesce(kept, 0))
            from (select currency, sum(entries.amount) as booked
                  from entries join ledger_accounts as account on account.id = account_id
                  where kind = 'received' group by currency) as book
            full join (
                select currency, sum(amount - given - taken) as kept
                from payments, lateral (
                    select coalesce(sum(refunds.amount), 0) as given from refunds where payment_id = payments.id and status = 'succeeded') as refund
                where status = 'succeeded' group by currency) as paid using (currency)
            where coalesce(booked, 0) <> coalesce(kept, 0)
            """),
        new(
            "the house lost what banks took",
            """
            select format('disputed has %s %s, and the payments say %s', coalesce(booked, 0), currency, coalesce(gone, 0))
            from (select currency, sum(entries.amount) as booked
                  from entries join ledger_accounts as account on account.id = account_id
                  where kind = 'disputed' group by currency) as book
            full join (select currency, sum(taken) as gone from payments group by currency) as taken using (currency)
            where coalesce(booked, 0) <> coalesce(gone, 0)
            """),
    ];
}
