using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Transactions;

/// <summary>Why it is called off.</summary>
public sealed record CancelTransactionRequest([property: StringLength(500, MinimumLength = 1)] string? Reason = null);

/// <summary>Why staff call it off.</summary>
public sealed record CancelMembersTransactionRequest([property: Required, StringLength(500, MinimumLength = 1)] string Reason);

/// <summary>What is not paid yet, and by its member only what the member made: it is posted back, and both stay in the book.</summary>
internal static class CancelTransaction
{
    public static Task<Results<Ok<TransactionResponse>, ProblemHttpResult>> HandleMine(
        Guid id, CancelTransactionRequest? request, Database<PaymentsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        CancelAsync(user.Id, id, user.Id, request?.Reason, database, time.GetStoredNow(), cancellationToken);

    public static Task<Results<Ok<TransactionResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Guid id, CancelMembersTransactionRequest request, Database<PaymentsModule> database, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken) => CancelAsync(memberId, id, user.Id, request.Reason, database, time.GetStoredNow(), cancellationToken);

    private static async Task<Results<Ok<TransactionResponse>, ProblemHttpResult>> CancelAsync(
        Guid memberId, Guid id, Guid by, string? reason, Database<PaymentsModule> database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.OpenAllAsync(memberId, cancellationToken);
        if (await change.FindAsync<TransactionResponse>(
            $"select {TransactionResponse.Columns} from transactions where id = @id and member_id = @memberId and (@by <> @memberId or created_by = @by)",
            new { id, memberId, by }, cancellationToken) is not { } transaction)
        {
            return TransactionProblems.NotFound();
        }

        if (transaction.Status != "owed")
        {
            return TransactionProblems.Settled(transaction.Status);
        }

        if (await change.FindAsync<bool>("select exists (select from payment_lines where transaction_id = @id and live)", new { id }, cancellationToken))
        {
            return TransactionProblems.UnderWay();
        }

        var owed = new OwedRow(id, memberId, transaction.BookingId, transaction.Amount, transaction.Currency, transaction.Status, transaction.Fee);
        await change.CancelAsync(owed, by, reason, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(transaction with { Status = "cancelled", SettledAt = now });
    }
}
