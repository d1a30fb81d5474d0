using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Providers;
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
        PayTransactionsRequest? request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, ProviderBell bell, Receipts receipts, CurrentUser user,
        TimeProvider time, CancellationToken cancellationToken) =>
        options.Value.MembersSettle
            ? await PayAsync(user.Id, request?.TransactionIds, user.Id, null, database, bell, receipts, time.GetStoredNow(), cancellationToken)
            : TransactionProblems.PaidAtDesk();

    public static async Task<Results<Ok<PaidTransactionsResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, TakePaymentRequest request, Database<PaymentsModule> database, ProviderBell bell, Receipts receipts,
        CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await PayAsync(memberId, request.TransactionIds, user.Id, request.How, database, bell, receipts, time.GetStoredNow(), cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Results<Ok<PaidTransactionsResponse>, ProblemHttpResult>> PayAsync(
        Guid memberId, IReadOnlyList<Guid>? which, Guid by, string? how, Database<PaymentsModule> database, ProviderBell bell, Receipts receipts,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (asked, byStaff) = (which?.Distinct().ToArray(), how is not null);
        await using var change = await database.BeginAsync(cancellationToken);
        await change.OpenAllAsync(memberId, cancellationToken);
        if (asked is not null && await RefuseAsync(change, asked, memberId, byStaff, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        // What a booking waits for is money: its member cannot say that it came.
        var owed = await change.QueryAsync<OwedRow>(
            $"""
            select {OwedRow.Columns} from transactions
            where member_id = @memberId and status = 'owed' and (@asked::uuid[] is null or id = any(@asked)) and (@byStaff or booking_id is null)
            order by id
            """, new { memberId, asked, byStaff }, cancellationToken);
        await change.TakeAsync(memberId, owed, byStaff ? PaymentRow.Desk : PaymentRow.Self, by, how, receipts, now, cancellationToken);
        change.AfterCommit(bell.Ring);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new PaidTransactionsResponse(
            owed.Count, [.. owed.GroupBy(one => one.Currency, (currency, lines) => new PaidAmount(currency, lines.Sum(line => line.Amount))).OrderBy(sum => sum.Currency)]));
    }

    /// <summary>All or nothing of what was asked for: what is not there, or is owed no longer, is told.</summary>
    private static async Task<ProblemHttpResult?> RefuseAsync(Change change, Guid[] asked, Guid memberId, bool byStaff, CancellationToken cancellationToken)
    {
        var found = await change.QueryAsync<OwedRow>(
            $"select {OwedRow.Columns} from transactions where member_id = @memberId and id = any(@asked)", new { asked, memberId }, cancellationToken);
        return found.Count < asked.Length ? TransactionProblems.NotFound()
            : found.FirstOrDefault(one => one.Status != "owed") is { } settled ? TransactionProblems.Settled(settled.Status)
            : !byStaff && found.Any(one => one.BookingId is not null) ? TransactionProblems.CardNeeded()
            : null;
    }
}
