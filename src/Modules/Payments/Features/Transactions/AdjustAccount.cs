using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Transactions;

/// <summary>By how much what a member owes is corrected, and why.</summary>
/// <param name="Amount">Above nothing owes more, below it less.</param>
/// <param name="Description">What the member reads.</param>
/// <param name="Reason">What stays in the book.</param>
/// <param name="Currency">ISO 4217; the house's when left out.</param>
public sealed record AdjustAccountRequest(
    [property: Required, Range(typeof(decimal), "-100000000", "100000000")] decimal? Amount,
    [property: Required, StringLength(500, MinimumLength = 1)] string Description,
    [property: Required, StringLength(500, MinimumLength = 1)] string Reason,
    [property: RegularExpression("[A-Z]{3}")] string? Currency = null);

/// <summary>What is owed on account after it.</summary>
/// <param name="Owed">By the book, in <paramref name="Currency"/>.</param>
public sealed record AdjustedResponse(string Currency, decimal Owed);

/// <summary>
/// A correction by staff. A credit takes from what is owed, the oldest first; of what it takes only a part of, the rest is owed anew.
/// What is being paid by card is left alone.
/// </summary>
internal static class AdjustAccount
{
    public static async Task<Results<Ok<AdjustedResponse>, ProblemHttpResult>> Handle(
        [FromRoute(Name = "member_id")] Guid memberId, AdjustAccountRequest request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options,
        CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (amount, currency, now) = (request.Amount!.Value, request.Currency ?? options.Value.Currency, time.GetStoredNow());
        var (description, reason) = (request.Description.Trim(), request.Reason.Trim());
        if (!options.Value.MayOwe.TryGetValue(currency, out var most))
        {
            return Problems.Invalid("currency", "Nothing is charged in it here.");
        }

        if (!Money.IsPayable(Math.Abs(amount), currency))
        {
            return Problems.Invalid("amount", $"An amount is not 0 and has {Money.MinorUnits(currency)} digits after the point at the most.");
        }

        if (description.Length == 0 || reason.Length == 0)
        {
            return Problems.Invalid(description.Length == 0 ? "description" : "reason", "Say what it is.");
        }

        await using var change = await database.BeginAsync(cancellationToken);
        if (!await change.IsMemberAsync(memberId, cancellationToken))
        {
            return TransactionProblems.NoMember();
        }

        var account = await change.OpenAsync(memberId, currency, most, cancellationToken);
        if (amount > 0 && account.Balance + amount > most)
        {
            return TransactionProblems.LimitExceeded(account, amount);
        }

        if (amount > 0)
        {
            await change.ChargeAsync(memberId, null, amount, currency, description, null, user.Id, now, cancellationToken, "adjustment", reason);
        }
        else if (await CreditAsync(change, memberId, -amount, currency, user.Id, reason, now, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        change.Publish(new TransactionAdjusted(memberId, amount, currency, description, reason, user.Id, now));
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new AdjustedResponse(currency, account.Balance + amount));
    }

    private static async Task<ProblemHttpResult?> CreditAsync(
        Change change, Guid memberId, decimal credit, string currency, Guid by, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await change.QueryAsync<Open>(
            """
            select id, amount, description, tax_percent from transactions
            where member_id = @memberId and currency = @currency and status = 'owed' and booking_id is null and fee is null
              and not exists (select from payment_lines where transaction_id = transactions.id and live)
            order by id for update
            """, new { memberId, currency }, cancellationToken);
        if (open.Sum(one => one.Amount) < credit)
        {
            return TransactionProblems.CreditExceedsOwed(open.Sum(one => one.Amount), currency);
        }

        var left = credit;
        foreach (var one in open.TakeWhile(_ => left > 0))
        {
            var owed = new OwedRow(one.Id, memberId, null, one.Amount, currency, "owed", null);
            await change.CancelAsync(owed, by, reason, now, cancellationToken, "adjustment");
            if (one.Amount > left)
            {
                await change.ChargeAsync(memberId, null, one.Amount - left, currency, one.Description, one.TaxPercent, by, now, cancellationToken, "adjustment", reason);
            }

            left -= Math.Min(left, one.Amount);
        }

        return null;
    }

    private sealed record Open(Guid Id, decimal Amount, string Description, decimal? TaxPercent);
}
