using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Transactions;

/// <summary>What a member owes in one currency.</summary>
/// <param name="Owed">On account, by the book.</param>
/// <param name="Limit">How much may be owed on account at a time.</param>
/// <param name="Transactions">How many are owed on account.</param>
/// <param name="DueForBookings">What bookings wait for, besides.</param>
/// <param name="Fees">For memberships and visits, besides.</param>
public sealed record BalanceResponse(string Currency, decimal Owed, decimal Limit, int Transactions, decimal DueForBookings, decimal Fees);

internal static class ShowBalance
{
    /// <summary>Every currency that is charged in here, and any other in which something is owed.</summary>
    public static Task<Ok<IReadOnlyList<BalanceResponse>>> HandleMine(
        Database<PaymentsModule> database, IOptions<PaymentsOptions> options, CurrentUser user, CancellationToken cancellationToken) =>
        ReadAsync(user.Id, database, options.Value, cancellationToken);

    public static async Task<Results<Ok<IReadOnlyList<BalanceResponse>>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await ReadAsync(memberId, database, options.Value, cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Ok<IReadOnlyList<BalanceResponse>>> ReadAsync(
        Guid memberId, Database<PaymentsModule> database, PaymentsOptions options, CancellationToken cancellationToken)
    {
        var owed = await database.QueryAsync<BalanceResponse>(
            """
            select currency, coalesce(sum(balance) filter (where kind = 'receivable'), 0) as owed, coalesce(max(most), 0) as "limit",
                   (select count(*)::int from transactions
                    where member_id = @memberId and transactions.currency = account.currency and status = 'owed' and booking_id is null and fee is null) as transactions,
                   coalesce(sum(balance) filter (where kind = 'due'), 0) as due_for_bookings,
                   coalesce(sum(balance) filter (where kind = 'fees'), 0) as fees
            from ledger_accounts as account where member_id = @memberId group by currency
            """, new { memberId }, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<BalanceResponse>>(
        [
            .. owed.Select(one => options.MayOwe.TryGetValue(one.Currency, out var most) ? one with { Limit = most } : one)
                .Concat(options.MayOwe.Where(limit => owed.All(one => one.Currency != limit.Key)).Select(limit => new BalanceResponse(limit.Key, 0, limit.Value, 0, 0, 0)))
                .OrderBy(one => one.Currency, StringComparer.Ordinal),
        ]);
    }
}
