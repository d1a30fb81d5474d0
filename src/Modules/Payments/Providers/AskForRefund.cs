using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Providers;

/// <summary>Asks providers to give back what is to be given back, and about what is on its way.</summary>
internal sealed class AskForRefund(Database<PaymentsModule> database, PaymentProviders providers, Receipts receipts, TimeProvider time, ILogger<AskForRefund> logger)
{
    /// <summary>Answers whether there was one to ask for.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        RefundRow? due;
        PaymentRow? payment = null;
        await using (var change = await database.BeginAsync(cancellationToken))
        {
            due = await change.TakeDueAsync<RefundRow>("refunds", RefundRow.Columns, time.GetStoredNow(), cancellationToken);
            if (due is not null)
            {
                payment = await change.FindAsync<PaymentRow>($"select {PaymentRow.Columns} from payments where id = @PaymentId", due, cancellationToken);
            }

            await change.CommitAsync(cancellationToken);
        }

        if (due is null)
        {
            return false;
        }

        await AskAsync(due, payment!, cancellationToken);
        return true;
    }

    /// <summary>Asks about one that somebody has doubts about: a bank may have sent back what had arrived.</summary>
    public async Task AgainAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<RefundRow>($"select {RefundRow.Columns} from refunds where id = @id and status <> 'failed'", new { id }, cancellationToken) is { } refund)
        {
            await AskAsync(
                refund, (await database.FindAsync<PaymentRow>($"select {PaymentRow.Columns} from payments where id = @PaymentId", refund, cancellationToken))!, cancellationToken);
        }
    }

    private async Task AskAsync(RefundRow refund, PaymentRow payment, CancellationToken cancellationToken)
    {
        if (providers.Of(payment.Provider) is not { } provider)
        {
            return;
        }

        try
        {
            await KeepAsync(refund, refund.ProviderRef is null
                ? await provider.RefundAsync(refund.Id, payment.ProviderRef!, refund.Amount, payment.Currency, cancellationToken)
                : await provider.FindRefundAsync(refund.ProviderRef, cancellationToken), cancellationToken);
        }
        catch (ProviderAwayException e)
        {
            logger.ProviderIsAway(provider.Name, "refund", refund.Id, refund.Asked, e.Message);
            await using var change = await database.BeginAsync(cancellationToken);
            await change.ExecuteAsync(
                "update refunds set ask_at = @at where id = @Id and settled_at is null",
                new { refund.Id, at = time.GetStoredNow() + TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(2, refund.Asked))) }, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }
        catch (ProviderRefusedException e)
        {
            logger.ProviderRefuses(provider.Name, "refund", refund.Id, e.Message);
            await KeepAsync(refund, new(refund.ProviderRef ?? "", refund.Id, payment.ProviderRef!, "failed", refund.Amount, e.Code), cancellationToken);
        }
    }

    private async Task KeepAsync(RefundRow asked, ProviderRefund told, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var payment = await change.LockPaymentAsync("id = @PaymentId", asked, cancellationToken);
        var refund = await change.FindAsync<RefundRow>($"select {RefundRow.Columns} from refunds where id = @Id for update", asked, cancellationToken);
        await change.ApplyAsync(payment!, refund!, told, receipts, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
    }
}
