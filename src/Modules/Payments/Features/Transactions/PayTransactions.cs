using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Transactions;

/// <summary>Which of what a member owes is paid.</summary>
/// <param name="TransactionIds">All of it when left out.</param>
public sealed record PayTransactionsRequest([property: MinLength(1), MaxLength(200)] IReadOnlyList<Guid>? TransactionIds = null);

/// <summary>Which of what a member owes was paid to staff.</summary>
/// <param name="How">Such as "Cash, receipt 41".</param>
/// <param name="TransactionIds">All of it when left out.</param>
public sealed record TakePaymentRequest(
    [property: Required, StringLength(500, MinimumLength = 1)] string How,
    [property: MinLength(1), MaxLength(200)] IReadOnlyList<Guid>? TransactionIds = null);

/// <summary>What was paid.</summary>
/// <param name="TransactionsPaid">How many transactions: 0 when nothing was owed.</param>
/// <param name="Paid">By currency.</param>
public sealed record PaidTransactionsResponse(int TransactionsPaid, IReadOnlyList<PaidAmount> Paid);

/// <summary>An amount in a currency (ISO 4217).</summary>
public sealed record PaidAmount(string Currency, decimal Amount);

internal static class PayTransactions
{
    public static async Task<Results<Ok<PaidTransactionsResponse>, ProblemHttpResult>> HandleMine(
        PayTransactionsRequest? request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken) =>
        options.Value.MembersSettle
            ? await PayAsync(user.Id, request?.TransactionIds, user.Id, null, database, time.GetStoredNow(), cancellationToken)
            : TransactionProblems.PaidAtDesk();

    public static async Task<Results<Ok<PaidTransactionsResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, TakePaymentRequest request, Database<PaymentsModule> database, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await PayAsync(memberId, request.TransactionIds, user.Id, request.How, database, time.GetStoredNow(), cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Results<Ok<PaidTransactionsResponse>, ProblemHttpResult>> PayAsync(
        Guid memberId, IReadOnlyList<Guid>? which, Guid by, string? reason, Database<PaymentsModule> database, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var asked = which?.Distinct().ToArray();
        await using var change = await database.BeginAsync(cancellationToken);
        await change.OpenAllAsync(memberId, cancellationToken);
        if (asked is not null && await RefuseAsync(change, asked, memberId, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var paid = await change.QueryAsync<LedgerLine>(
            """
            update transactions set status = 'paid', settled_at = @now
            where member_id = @memberId and status = 'owed' and (@asked::uuid[] is null or id = any(@asked))
            returning id as transaction_id, currency, amount
            """, new { now, memberId, asked }, cancellationToken);
        if (paid.Count > 0)
        {
            await change.PostAsync("payment", "received", memberId, [.. paid.Select(line => line with { Amount = -line.Amount })], by, reason, now, cancellationToken);
            change.Publish(new TransactionPaid(memberId, paid.Count, [.. paid.Select(line => line.TransactionId)], now));
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new PaidTransactionsResponse(
            paid.Count, [.. paid.GroupBy(line => line.Currency, (currency, lines) => new PaidAmount(currency, lines.Sum(line => line.Amount))).OrderBy(sum => sum.Currency)]));
    }

    /// <summary>All or nothing of what was asked for: what is not there, or is owed no longer, is told.</summary>
    private static async Task<ProblemHttpResult?> RefuseAsync(Change change, Guid[] asked, Guid memberId, CancellationToken cancellationToken)
    {
        var found = await change.QueryAsync<string>(
            "select status from transactions where member_id = @memberId and id = any(@asked)", new { asked, memberId }, cancellationToken);
        return found.Count < asked.Length ? TransactionProblems.NotFound()
            : found.FirstOrDefault(status => status != "owed") is { } settled ? TransactionProblems.Settled(settled)
            : null;
    }
}
