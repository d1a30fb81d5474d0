using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Providers;

/// <summary>
/// Asks a payment's provider how it stands: what was begun and never answered is asked for again, what nobody wants is called off,
/// and of what has been open for long there may have been a webhook that was lost.
/// </summary>
internal sealed class AskAboutPayment(
    Database<PaymentsModule> database, PaymentProviders providers, AskAboutCustomer customers, IOptions<PaymentsOptions> options, Receipts receipts,
    TimeProvider time, ILogger<AskAboutPayment> logger)
{
    public const string Description = "Portico";

    private static readonly TimeSpan OpenAtMost = TimeSpan.FromDays(1);

    /// <summary>Answers whether there was one to ask about.</summary>
    public async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        PaymentRow? due;
        await using (var change = await database.BeginAsync(cancellationToken))
        {
            due = await change.TakeDueAsync<PaymentRow>("payments", PaymentRow.Columns, time.GetStoredNow(), cancellationToken);
            await change.CommitAsync(cancellationToken);
        }

        if (due is not null)
        {
            await AskAsync(due, cancellationToken);
        }

        return due is not null;
    }

    /// <summary>Asks about one that somebody has doubts about.</summary>
    public async Task AgainAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await database.FindAsync<PaymentRow>($"select {PaymentRow.Columns} from payments where id = @id", new { id }, cancellationToken) is { IsOver: false } payment)
        {
            await AskAsync(payment, cancellationToken);
        }
    }

    /// <summary>Asks, and keeps the answer. Null when there is none to be had now; it is asked for again later.</summary>
    public async Task<ProviderPayment?> AskAsync(PaymentRow payment, CancellationToken cancellationToken)
    {
        if (providers.Of(payment.Provider) is not { } provider)
        {
            return null;
        }

        try
        {
            var told = payment.ProviderRef is null
                ? await provider.CreateAsync(await DescribeAsync(provider, payment, cancellationToken), cancellationToken)
                : await provider.FindAsync(payment.ProviderRef, cancellationToken);
            if (payment.CardId is not null)
            {
                told = await CollectAsync(provider, payment, told, cancellationToken);
            }

            var abandoned = told.Status == "requires_payment_method" && payment.CreatedAt + OpenAtMost < time.GetUtcNow();
            if ((payment.Unwanted is not null || abandoned) && told.Status is not ("succeeded" or "canceled"))
            {
                told = await provider.CancelAsync(told.Reference, cancellationToken);
            }

            await KeepAsync(payment.Id, told, cancellationToken);
            return told;
        }
        catch (ProviderAwayException e)
        {
            logger.ProviderIsAway(provider.Name, "payment", payment.Id, payment.Asked, e.Message);
            await AskLaterAsync(payment, cancellationToken);
            return null;
        }
        catch (ProviderRefusedException e)
        {
            logger.ProviderRefuses(provider.Name, "payment", payment.Id, e.Message);
            await GiveUpAsync(payment, e.Code, cancellationToken);
            return null;
        }
    }

    private async Task<NewPayment> DescribeAsync(IPaymentProvider provider, PaymentRow payment, CancellationToken cancellationToken) => new(
        payment.Id, payment.Amount, payment.Currency, Description,
        payment.SaveCard || payment.CardId is not null ? await customers.EnsureAsync(provider, payment.MemberId, cancellationToken) : null,
        payment.SaveCard, await SavedCardAsync(payment, cancellationToken));

    /// <summary>Takes it from its saved card, once. What is declined then is over: its member pays it otherwise, or a new one is begun another day.</summary>
    private async Task<ProviderPayment> CollectAsync(IPaymentProvider provider, PaymentRow payment, ProviderPayment told, CancellationToken cancellationToken)
    {
        if (payment.Unwanted is null && told is { Status: "requires_payment_method", Failure: null } && await SavedCardAsync(payment, cancellationToken) is { } card)
        {
            // With its name there, before any money moves: whoever asks after us, however much later, asks about this one and makes no other.
            await KeepAsync(payment.Id, told, cancellationToken);
            try
            {
                told = await provider.ChargeAsync(payment.Id, told.Reference, card, cancellationToken);
            }
            catch (ProviderRefusedException e)
            {
                logger.ProviderRefuses(provider.Name, "collection", payment.Id, e.Message);
                told = e.Declined ?? told with { Failure = e.Code };
            }
        }

        if (told.Status is not ("requires_payment_method" or "requires_action"))
        {
            return told;
        }

        var failure = told.Failure ?? (told.Status == "requires_action" ? Collections.AsksOwner : null);
        var ended = await provider.CancelAsync(told.Reference, cancellationToken);
        return ended.Status == "canceled" ? ended with { Failure = failure } : ended;
    }

    /// <summary>Null when there is none, or its member has removed it since.</summary>
    private Task<string?> SavedCardAsync(PaymentRow payment, CancellationToken cancellationToken) =>
        database.FindAsync<string>("select provider_ref from cards where id = @CardId and status = 'saved'", new { payment.CardId }, cancellationToken);

    private async Task KeepAsync(Guid id, ProviderPayment told, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var payment = await change.LockPaymentAsync("id = @id", new { id }, cancellationToken);
        await change.ApplyAsync(payment!, told, false, options.Value.CardAttempts, receipts, time.GetStoredNow(), cancellationToken);
        await change.CommitAsync(cancellationToken);
    }

    private async Task AskLaterAsync(PaymentRow payment, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.ExecuteAsync(
            "update payments set ask_at = @at where id = @Id and settled_at is null",
            new { payment.Id, at = time.GetStoredNow() + TimeSpan.FromSeconds(Math.Min(3600, 5 * Math.Pow(2, payment.Asked))) }, cancellationToken);
        await change.CommitAsync(cancellationToken);
    }

    /// <summary>There is no such payment at the provider's and never will be: nothing can have been charged.</summary>
    private async Task GiveUpAsync(PaymentRow payment, string code, CancellationToken cancellationToken)
    {
        if (payment.ProviderRef is not null)
        {
            await AskLaterAsync(payment, cancellationToken);
            return;
        }

        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockPaymentAsync("id = @Id", payment, cancellationToken) is { IsOver: false } open)
        {
            await change.ExecuteAsync(
                "update payments set status = 'canceled', failure = @code, settled_at = @now, ask_at = null where id = @Id", new { open.Id, code, now }, cancellationToken);
            await change.FailAsync(open, code, now, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
    }
}
