using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Payments;

/// <summary>What is to be paid.</summary>
/// <param name="BookingId">All that a booking waits for; else it is for what is owed on account.</param>
/// <param name="TransactionIds">Some of what is owed on account; all of it when left out.</param>
/// <param name="Currency">ISO 4217, of what is owed on account; the house's when left out.</param>
/// <param name="SaveCard">Whether the card is kept with the provider for later.</param>
public sealed record StartPaymentRequest(
    Guid? BookingId = null,
    [property: MinLength(1), MaxLength(200)] IReadOnlyList<Guid>? TransactionIds = null,
    [property: RegularExpression("[A-Z]{3}")] string? Currency = null,
    bool SaveCard = false);

/// <summary>A payment that waits for a card.</summary>
/// <param name="ClientSecret">With it the member's browser gives the card to the provider. Nobody else may see it.</param>
/// <param name="PublishableKey">What the browser shows Stripe; null for the sandbox.</param>
public sealed record StartedPaymentResponse(PaymentResponse Payment, string? ClientSecret, string? PublishableKey);

/// <summary>Begins to pay. Whoever begins again for the same, or was not answered, gets the same payment: nothing is paid twice.</summary>
internal sealed class StartPayment(
    Database<PaymentsModule> database, AskAboutPayment ask, PaymentProviders providers, IOptions<PaymentsOptions> options, IOptions<StripeOptions> stripe,
    CurrentUser user, TimeProvider time)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(2);

    public static async Task<Results<Created<StartedPaymentResponse>, Ok<StartedPaymentResponse>, ProblemHttpResult, RetryableProblem>> Handle(
        StartPaymentRequest? request, StartPayment start, CancellationToken cancellationToken)
    {
        var (payment, isNew, refusal) = await start.ReserveAsync(request ?? new(), cancellationToken);
        if (payment is null)
        {
            return refusal!;
        }

        var answer = await start.AnswerAsync(payment, cancellationToken);
        if (answer.ClientSecret is null)
        {
            return answer.Payment.Status == "canceled" ? PaymentProblems.Refused(answer.Payment.Failure) : PaymentProblems.Away();
        }

        return isNew ? TypedResults.Created($"/api/payments/payments/{payment.Id}", answer) : TypedResults.Ok(answer);
    }

    /// <summary>Durable before anybody is asked: should the process die, the provider is asked again with the same key.</summary>
    private async Task<(PaymentRow? Payment, bool IsNew, ProblemHttpResult? Refusal)> ReserveAsync(StartPaymentRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        await change.OpenAllAsync(user.Id, cancellationToken);
        var owed = await change.QueryAsync<OwedRow>(
            $"""
            select {OwedRow.Columns} from transactions
            where member_id = @memberId and status = 'owed' and called_off is null and booking_id is not distinct from @BookingId::uuid
              and (@currency::text is null or currency = @currency) and (@ids::uuid[] is null or id = any(@ids))
            order by id for update
            """,
            new
            {
                memberId = user.Id, request.BookingId, ids = request.TransactionIds?.Distinct().ToArray(),
                currency = request.BookingId is null && request.TransactionIds is null ? request.Currency ?? options.Value.Currency : request.Currency,
            }, cancellationToken);
        if (owed.Count == 0 || (request.TransactionIds is { } asked && owed.Count < asked.Distinct().Count()) || owed.Any(one => one.Currency != owed[0].Currency))
        {
            return (null, false, PaymentProblems.NothingOwed());
        }

        var ids = owed.Select(one => one.Id).ToArray();
        var underWay = await change.QueryAsync<PaymentRow>(
            $"""
            select {PaymentRow.Columns} from payments where id in (select payment_id from payment_lines where live and transaction_id = any(@ids)) order by id for update
            """, new { ids }, cancellationToken);
        if (underWay.Count > 0)
        {
            var lines = await change.LinesAsync(underWay[0].Id, cancellationToken);
            return underWay is [{ Unwanted: null, IsOver: false, CardId: null } same] && lines.Select(line => line.TransactionId).SequenceEqual(ids)
                ? (same, false, null)
                : (null, false, PaymentProblems.UnderWay(underWay[0].Id));
        }

        var payment = new PaymentRow(
            Guid.CreateVersion7(now), user.Id, request.BookingId, owed.Sum(one => one.Amount), owed[0].Currency, providers.Current.Name, null, "creating", null, 0, null, 0, 0, user.Id, now,
            request.SaveCard, null);
        if (request.SaveCard)
        {
            await change.LockCustomerAsync(user.Id, payment.Provider, now, cancellationToken);
        }

        await change.ExecuteAsync(
            """
            insert into payments (id, member_id, booking_id, amount, currency, provider, status, save_card, ask_at, created_by, created_at)
            values (@Id, @MemberId, @BookingId, @Amount, @Currency, @Provider, @Status, @SaveCard, @askAt, @MemberId, @CreatedAt);
            insert into payment_lines (payment_id, transaction_id, amount)
            select @Id, line.id, line.amount from unnest(@ids::uuid[], @amounts::numeric[]) as line (id, amount)
            """,
            new
            {
                payment.Id, payment.MemberId, payment.BookingId, payment.Amount, payment.Currency, payment.Provider, payment.Status, payment.SaveCard,
                payment.CreatedAt,
                askAt = now + AskAgainAfter, ids, amounts = owed.Select(one => one.Amount).ToArray(),
            }, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return (payment, true, null);
    }

    private async Task<StartedPaymentResponse> AnswerAsync(PaymentRow payment, CancellationToken cancellationToken)
    {
        var told = await ask.AskAsync(payment, cancellationToken);
        var now = await database.FindAsync<PaymentResponse>($"select {PaymentResponse.Columns} from payments where id = @Id", new { payment.Id }, cancellationToken);
        return new(now!, told?.ClientSecret, payment.Provider == StripeProvider.ProviderName ? stripe.Value.PublishableKey : null);
    }
}
