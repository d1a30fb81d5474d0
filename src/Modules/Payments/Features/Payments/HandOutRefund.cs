using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Payments;

/// <summary>What was paid over the desk went back over the desk.</summary>
internal static class HandOutRefund
{
    public static async Task<Results<Ok<RefundResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<PaymentsModule> database, Receipts receipts, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockPaymentAsync("id = (select payment_id from refunds where id = @id) and provider in ('desk', 'self')", new { id }, cancellationToken)
            is not { } payment)
        {
            return PaymentProblems.NoRefund();
        }

        var refund = (await change.FindAsync<RefundRow>($"select {RefundRow.Columns} from refunds where id = @id for update", new { id }, cancellationToken))!;
        if (refund.IsOver)
        {
            return PaymentProblems.NotOpen(refund.Status);
        }

        await change.ApplyAsync(payment, refund, new("", id, "", "succeeded", refund.Amount, null), receipts, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok((await database.FindAsync<RefundResponse>(
            $"select {RefundResponse.Columns} from {RefundResponse.Tables} where refunds.id = @id", new { id }, cancellationToken))!);
    }
}
