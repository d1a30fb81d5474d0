using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A member's account in one currency.</summary>
internal sealed record MemberAccount(long Id, string Currency, decimal Balance, decimal Most);

/// <summary>One line of a posting: of which transaction, in which currency, and by how much its member owes more (or less).</summary>
internal sealed record LedgerLine(Guid TransactionId, string Currency, decimal Amount);

/// <summary>
/// The book. Whoever writes into it opens the member's account first, and nobody else changes what the member owes until the
/// change ends.
/// </summary>
internal static class Ledger
{
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
    public static Task<IReadOnlyList<MemberAccount>> OpenAllAsync(this Change change, Guid memberId, CancellationToken cancellationToken) =>
        change.QueryAsync<MemberAccount>(
            "select id, currency, balance, most from ledger_accounts where member_id = @memberId order by id for update", new { memberId }, cancellationToken);

    /// <summary>
    /// Writes a posting: each line on the member's account, and the other way round on the house's (<c>revenue</c> or <c>received</c>).
    /// </summary>
    public static Task PostAsync(
        this Change change, string kind, string houseAccount, Guid memberId, IReadOnlyList<LedgerLine> lines, Guid madeBy, string? reason, DateTimeOffset at,
        CancellationToken cancellationToken) => change.WriteAsync(
            """
            insert into ledger_accounts (kind, currency)
            select distinct @houseAccount, line.currency from unnest(@currencies::text[]) as line (currency)
            where not exists (select from ledger_accounts where kind = @houseAccount and ledger_accounts.currency = line.currency)
            on conflict (kind, currency, member_id) do nothing;
            insert into postings (id, kind, made_by, reason, at) values (@id, @kind, @madeBy, @reason, @at);
            insert into entries (posting_id, account_id, transaction_id, amount)
            select @id, account.id, line.transaction_id, case when account.member_id is null then -line.amount else line.amount end
            from unnest(@transactionIds::uuid[], @currencies::text[], @amounts::numeric[]) as line (transaction_id, currency, amount)
            join ledger_accounts as account on account.currency = line.currency
                and (account.kind = @houseAccount or account.kind = 'receivable' and account.member_id = @memberId)
            """,
            new
            {
                id = Guid.CreateVersion7(at), kind, houseAccount, memberId, madeBy, reason, at,
                transactionIds = lines.Select(line => line.TransactionId).ToArray(),
                currencies = lines.Select(line => line.Currency).ToArray(),
                amounts = lines.Select(line => line.Amount).ToArray(),
            }, cancellationToken);
}
