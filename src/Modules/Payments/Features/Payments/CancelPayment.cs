using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Payments;

/// <summary>Its member pays otherwise, or not at all. What it was for is owed on.</summary>
internal static class CancelPayment
{
    public static async Task<Results<Ok<PaymentResponse>, ProblemHttpResult, RetryableProblem>> Handle(
        Guid id, Database<PaymentsModule> database, AskAboutPayment ask, CurrentUser user, CancellationToken cancellationToken)
    {
        PaymentRow? payment;
        await using (var change = await database.BeginAsync(cancellationToken))
        {
            payment = await change.LockPaymentAsync("id = @id and member_id = @memberId", new { id, memberId = user.Id }, cancellationToken);
            if (payment is null)
            {
                return PaymentProblems.NotFound();
            }

            if (payment.IsOver)
            {
                return PaymentProblems.NotOpen(payment.Status);
            }

            await change.ExecuteAsync("update payments set unwanted = coalesce(unwanted, 'by_member') where id = @id", new { id }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }

        return await ask.AskAsync(payment with { Unwanted = "by_member" }, cancellationToken) is null
            ? PaymentProblems.Away()
            : TypedResults.Ok((await database.FindAsync<PaymentResponse>($"select {PaymentResponse.Columns} from payments where id = @id", new { id }, cancellationToken))!);
    }
}
