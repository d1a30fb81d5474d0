using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A member's account in one currency, of what is owed on account.</summary>
internal sealed record MemberAccount(long Id, Guid MemberId, string Currency, decimal Balance, decimal Most);

/// <summary>One side of a move in the book: of which transaction, on which account. Debits are positive.</summary>
/// <param name="Account">A kind of <c>ledger_accounts</c>.</param>
internal sealed record LedgerEntry(string Account, Guid TransactionId, string Currency, decimal Amount);

/// <summary>Something that is written into the book at once.</summary>
/// <param name="Kind">Of <c>postings</c>.</param>
internal sealed record Posting(string Kind, Guid MemberId, IReadOnlyList<LedgerEntry> Entries, Guid MadeBy, string? Reason);

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
        (await change.OpenAsync([(memberId, currency, most)], cancellationToken))[0];

    /// <summary>Accounts of several members, always in the same order, so that two who open them do not wait for each other.</summary>
    public static Task<IReadOnlyList<MemberAccount>> OpenAsync(
        this Change change, IEnumerable<(Guid MemberId, string Currency, decimal Most)> accounts, CancellationToken cancellationToken)
    {
        var sorted = accounts.OrderBy(account => account.MemberId).ThenBy(account => account.Currency, StringComparer.Ordinal).ToList();
        return change.QueryAsync<MemberAccount>(
            """
            -- A plan for one account looks cheaper than the one for however many, and would be made anew each time, which takes longer than to use it.
            set local plan_cache_mode = force_generic_plan;
            insert into ledger_accounts (kind, member_id, currency, balance, most)
            select 'receivable', wanted.member_id, wanted.currency, 0, wanted.most
            from unnest(@members::uuid[], @currencies::text[], @limits::numeric[]) as wanted (member_id, currency, most)
            where not exists (
                select from ledger_accounts as known where known.kind = 'receivable' and known.currency = wanted.currency and known.member_id = wanted.member_id)
            on conflict (kind, currency, member_id) do nothing;
            select account.id, account.member_id, account.currency, account.balance, wanted.most
            from unnest(@members::uuid[], @currencies::text[], @limits::numeric[]) as wanted (member_id, currency, most)
            -- One after the other, as they come.
            cross join lateral (
                select * from ledger_accounts where kind = 'receivable' and currency = wanted.currency and member_id = wanted.member_id for update) as account;
            update ledger_accounts as account set most = wanted.most
            from unnest(@members::uuid[], @currencies::text[], @limits::numeric[]) as wanted (member_id, currency, most)
            where account.kind = 'receivable' and account.currency = wanted.currency and account.member_id = wanted.member_id and account.most <> wanted.most
            """,
            new
            {
                members = sorted.Select(account => account.MemberId).ToArray(),
                currencies = sorted.Select(account => account.Currency).ToArray(),
                limits = sorted.Select(account => account.Most).ToArray(),
            }, cancellationToken);
    }

    /// <summary>All of a member's accounts, always in the same order, so that two who open them do not wait for each other.</summary>
    public static Task OpenAllAsync(this Change change, Guid memberId, CancellationToken cancellationToken) =>
        change.QueryAsync<long>("select id from ledger_accounts where member_id = @memberId order by currency, kind for update", new { memberId }, cancellationToken);

    /// <summary>Moves an amount from <paramref name="credit"/> to <paramref name="debit"/>.</summary>
    public static LedgerEntry[] Move(string debit, string credit, Guid transactionId, string currency, decimal amount) =>
        [new(debit, transactionId, currency, amount), new(credit, transactionId, currency, -amount)];

    /// <summary>Writes a posting. Accounts that are not there yet are made, but for what is owed on account: that one is opened.</summary>
    public static Task PostAsync(
        this Change change, string kind, Guid memberId, IEnumerable<LedgerEntry> entries, Guid madeBy, string? reason, DateTimeOffset at,
        CancellationToken cancellationToken) => change.PostAsync([new(kind, memberId, [.. entries], madeBy, reason)], at, cancellationToken);

    /// <summary>Writes several postings as <see cref="PostAsync(Change, string, Guid, IEnumerable{LedgerEntry}, Guid, string?, DateTimeOffset, CancellationToken)"/> does one.</summary>
    public static Task PostAsync(this Change change, IReadOnlyList<Posting> postings, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var written = postings.Select(posting => (Id: Guid.CreateVersion7(at), Posting: posting)).ToList();
        var lines = written.SelectMany(one => one.Posting.Entries, (one, entry) => (one.Id, one.Posting.MemberId, Entry: entry)).ToList();
        return change.WriteAsync(
            """
            insert into ledger_accounts (kind, currency, member_id, balance)
            select line.kind, line.currency, line.member_id, case when line.member_id is not null then 0 end
            from (
                select distinct kind, currency, case when kind in ('due', 'fees') then member_id end as member_id
                from unnest(@accounts::text[], @currencies::text[], @memberIds::uuid[]) as line (kind, currency, member_id) where kind <> 'receivable') as line
            where not exists (select from ledger_accounts as known where known.kind = line.kind and known.currency = line.currency and known.member_id = line.member_id)
              and not exists (select from ledger_accounts as known where known.kind = line.kind and known.currency = line.currency and known.member_id is null)
            on conflict (kind, currency, member_id) do nothing;
            insert into postings (id, kind, made_by, reason, at)
            select id, kind, made_by, reason, @at
            from unnest(@ids::uuid[], @kinds::text[], @makers::uuid[], @reasons::text[]) as posting (id, kind, made_by, reason);
            insert into entries (posting_id, account_id, transaction_id, amount)
            select line.posting_id, account.id, line.transaction_id, line.amount
            from unnest(@postingIds::uuid[], @memberIds::uuid[], @accounts::text[], @transactionIds::uuid[], @currencies::text[], @amounts::numeric[])
                as line (posting_id, member_id, kind, transaction_id, currency, amount)
            -- The member's own or the house's, which each kind has either of. Asked for at once, all members' would be read.
            cross join lateral (
                select id from ledger_accounts where kind = line.kind and currency = line.currency and member_id = line.member_id
                union all
                select id from ledger_accounts where kind = line.kind and currency = line.currency and member_id is null) as account
            """,
            new
            {
                at,
                ids = written.Select(one => one.Id).ToArray(),
                kinds = postings.Select(posting => posting.Kind).ToArray(),
                makers = postings.Select(posting => posting.MadeBy).ToArray(),
                reasons = postings.Select(posting => posting.Reason).ToArray(),
                postingIds = lines.Select(line => line.Id).ToArray(),
                memberIds = lines.Select(line => line.MemberId).ToArray(),
                accounts = lines.Select(line => line.Entry.Account).ToArray(),
                transactionIds = lines.Select(line => line.Entry.TransactionId).ToArray(),
                currencies = lines.Select(line => line.Entry.Currency).ToArray(),
                amounts = lines.Select(line => line.Entry.Amount).ToArray(),
            }, cancellationToken);
    }
}
