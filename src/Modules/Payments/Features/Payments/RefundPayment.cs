using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Payments;

/// <summary>How much of a payment goes back, and why.</summary>
/// <param name="Amount">In its currency; all that is left of it when left out.</param>
public sealed record RefundPaymentRequest(
    [property: Required, StringLength(500, MinimumLength = 1)] string Reason,
    [property: Range(typeof(decimal), "0.0001", "100000000")] decimal? Amount = null);

internal static class RefundPayment
{
    public static async Task<Results<Created<RefundResponse>, ProblemHttpResult>> Handle(
        [FromRoute(Name = "member_id")] Guid memberId, Guid id, RefundPaymentRequest request, Database<PaymentsModule> database, ProviderBell bell, CurrentUser user,
        TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockPaymentAsync("id = @id and member_id = @memberId", new { id, memberId }, cancellationToken) is not { } payment)
        {
            return PaymentProblems.NotFound();
        }

        if (payment.Status != "succeeded")
        {
            return PaymentProblems.NotOpen(payment.Status);
        }

        if (payment.Dispute == "open")
        {
            return PaymentProblems.Disputed();
        }

        var amount = request.Amount ?? payment.Left;
        if (amount > payment.Left || payment.Left == 0)
        {
            return PaymentProblems.TooMuch(payment.Left, payment.Currency);
        }

        if (!Money.IsPayable(amount, payment.Currency))
        {
            return Problems.Invalid("amount", $"An amount is above 0 and has {Money.MinorUnits(payment.Currency)} digits after the point at the most.");
        }

        var refund = await change.GiveBackAsync(payment, amount, request.Reason.Trim(), null, user.Id, time.GetStoredNow(), cancellationToken);
        var answer = await change.FindAsync<RefundResponse>(
            $"select {RefundResponse.Columns} from {RefundResponse.Tables} where refunds.id = @refund", new { refund }, cancellationToken);
        change.AfterCommit(bell.Ring);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/payments/members/{memberId}/payments/{id}", answer!);
    }
}
