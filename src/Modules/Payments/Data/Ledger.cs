using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A member's account in one currency, of what is owed on account.</summary>
internal sealed record MemberAccount(long Id, string Currency, decimal Balance, decimal Most);

/// <summary>One side of a move in the book: of which transaction, on which account. Debits are positive.</summary>
/// <param name="Account">A kind of <c>ledger_accounts</c>.</param>
internal sealed record LedgerEntry(string Account, Guid TransactionId, string Currency, decimal Amount);

/// <summary>
/// The book. Whoever writes into it opens the member's accounts first, and nobody else changes what the member owes until the
/// change ends.
/// </summary>
internal static class Ledger
{
    /// <summary>Who made what nobody asked for, such as giving back what was paid too late.</summary>
    public static readonly Guid Nobody = Guid.Empty;

    /// <summary>The member's account, made when there is none, with what may be owed in it from now on.</summary>
    public static async Task<MemberAccount> OpenAsync(
        this Change change, Guid memberId, string currency, decimal most, CancellationToken cancellationToken) =>
        (await change.FindAsync<MemberAccount>(
            """
            insert into ledger_accounts as account (kind, member_id, currency, balance, most) values ('receivable', @memberId, @currency, 0, @most)
            on conflict (kind, currency, member_id) do update set most = excluded.most
            returning id, currency, balance, most
            """, new { memberId, currency, most }, cancellationToken))!;

    /// <summary>All of a member's accounts, always in the same order, so that two who open them do not wait for each other.</summary>
    public static Task OpenAllAsync(this Change change, Guid memberId, CancellationToken cancellationToken) =>
        change.QueryAsync<long>("select id from ledger_accounts where member_id = @memberId order by id for update", new { memberId }, cancellationToken);

    /// <summary>Moves an amount from <paramref name="credit"/> to <paramref name="debit"/>.</summary>
    public static LedgerEntry[] Move(string debit, string credit, Guid transactionId, string currency, decimal amount) =>
        [new(debit, transactionId, currency, amount), new(credit, transactionId, currency, -amount)];

    /// <summary>Writes a posting. Accounts that are not there yet are made, but for what is owed on account: that one is opened.</summary>
    public static Task PostAsync(
        this Change change, string kind, Guid memberId, IEnumerable<LedgerEntry> entries, Guid madeBy, string? reason, DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var lines = entries.ToList();
        return change.WriteAsync(
            """
            insert into ledger_accounts (kind, currency, member_id, balance)
            select line.kind, line.currency, line.member_id, case when line.member_id is not null then 0 end
            from (
                select distinct kind, currency, case when kind in ('due', 'fees') then @memberId::uuid end as member_id
                from unnest(@accounts::text[], @currencies::text[]) as line (kind, currency) where kind <> 'receivable') as line
            where not exists (select from ledger_accounts as known where known.kind = line.kind and known.currency = line.currency and known.member_id = @memberId)
              and not exists (select from ledger_accounts as known where known.kind = line.kind and known.currency = line.currency and known.member_id is null)
            on conflict (kind, currency, member_id) do nothing;
            insert into postings (id, kind, made_by, reason, at) values (@id, @kind, @madeBy, @reason, @at);
            insert into entries (posting_id, account_id, transaction_id, amount)
            select @id, account.id, line.transaction_id, line.amount
            from unnest(@accounts::text[], @transactionIds::uuid[], @currencies::text[], @amounts::numeric[]) as line (kind, transaction_id, currency, amount)
            -- The member's own or the house's, which each kind has either of. Asked for at once, all members' would be read.
            cross join lateral (
                select id from ledger_accounts where kind = line.kind and currency = line.currency and member_id = @memberId
                union all
                select id from ledger_accounts where kind = line.kind and currency = line.currency and member_id is null) as account
            """,
            new
            {
                id = Guid.CreateVersion7(at), kind, memberId, madeBy, reason, at,
                accounts = lines.Select(line => line.Account).ToArray(),
                transactionIds = lines.Select(line => line.TransactionId).ToArray(),
                currencies = lines.Select(line => line.Currency).ToArray(),
                amounts = lines.Select(line => line.Amount).ToArray(),
            }, cancellationToken);
    }
}
