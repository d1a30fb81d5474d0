using Portico.Platform.Data;

namespace Portico.Payments.Documents;

/// <summary>A month of a member's account, out of the book and nothing else.</summary>
/// <param name="Month">Such as 2026-01, by the calendar of the house.</param>
public sealed record StatementResponse(string Month, IReadOnlyList<StatementAccount> Accounts);

/// <summary>What was owed in one currency, on account and for bookings, and how it changed.</summary>
public sealed record StatementAccount(string Currency, decimal Opening, decimal Closing, IReadOnlyList<StatementLine> Lines);

/// <summary>One posting.</summary>
/// <param name="Kind"><c>charge</c>, <c>payment</c>, <c>cancellation</c> or <c>adjustment</c>.</param>
/// <param name="Amount">What it adds to what is owed; negative for what it takes.</param>
/// <param name="Balance">What is owed after it.</param>
public sealed record StatementLine(DateTimeOffset At, Guid TransactionId, string Kind, string Description, string Currency, decimal Amount, decimal Balance);

internal static class Statements
{
    public static bool TryRead(string month, out DateOnly first) => DateOnly.TryParseExact($"{month}-01", "yyyy-MM-dd", out first) && first.Year is >= 2000 and < 9999;

    public static async Task<StatementResponse> ReadAsync(
        this Database<PaymentsModule> database, Guid memberId, DateOnly month, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var (from, to) = (Start(month, zone), Start(month.AddMonths(1), zone));
        var moves = await database.QueryAsync<Move>(
            """
            select account.currency, null::timestamptz as at, null::uuid as transaction_id, null as kind, null as description, sum(entries.amount) as amount
            from entries join ledger_accounts as account on account.id = account_id join postings on postings.id = posting_id
            where member_id = @memberId and at < @from group by account.currency
            union all
            (select account.currency, at, transaction_id, postings.kind, transactions.description, entries.amount
            from entries join ledger_accounts as account on account.id = account_id join postings on postings.id = posting_id
            join transactions on transactions.id = transaction_id
            where account.member_id = @memberId and at >= @from and at < @to order by at, posting_id, transaction_id)
            """, new { memberId, from, to }, cancellationToken);
        return new($"{month:yyyy-MM}", [.. moves.GroupBy(move => move.Currency).OrderBy(account => account.Key, StringComparer.Ordinal).Select(Account)]);
    }

    private static StatementAccount Account(IGrouping<string, Move> moves)
    {
        var opening = moves.Where(move => move.At is null).Sum(move => move.Amount);
        var (balance, lines) = (opening, new List<StatementLine>());
        foreach (var move in moves.Where(move => move.At is not null))
        {
            balance += move.Amount;
            lines.Add(new(move.At!.Value, move.TransactionId!.Value, move.Kind!, move.Description!, move.Currency, move.Amount, balance));
        }

        return new(moves.Key, opening, balance, lines);
    }

    // A day may begin after midnight, where the clock skips it.
    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return zone.IsInvalidTime(midnight) ? new(midnight, zone.BaseUtcOffset) : new(midnight, zone.GetUtcOffset(midnight));
    }

    private sealed record Move(string Currency, DateTimeOffset? At, Guid? TransactionId, string? Kind, string? Description, decimal Amount);
}
