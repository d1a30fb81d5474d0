using Portico.Contracts.Payments;
using Portico.Payments.Documents;
using Portico.Payments.Providers;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>
/// Brings a payment to where its provider says it is. Whoever says it, a webhook, an answer or the nightly comparison, however late
/// and however often: what is over stays over, and what came in is booked once.
/// </summary>
internal static class PaymentOutcome
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    // What is being processed cannot be called off yet.
    private static readonly TimeSpan CallOffAgain = TimeSpan.FromSeconds(10);

    /// <summary>Answers whether it told something new. The payment is locked.</summary>
    /// <param name="declined">Whether this tells of one more card that was declined.</param>
    public static async Task<bool> ApplyAsync(
        this Change change, PaymentRow payment, ProviderPayment told, bool declined, int attempts, Receipts receipts, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (payment.IsOver || (told.Status == "succeeded" && (told.Amount != payment.Amount || told.Currency != payment.Currency)))
        {
            // Another amount than was asked for is for people to look at: the nightly comparison shows it.
            return false;
        }

        var declines = Math.Max(payment.Declines + (declined ? 1 : 0), told.Failure is null ? 0 : 1);
        var unwanted = payment.Unwanted ?? (payment.BookingId is not null && declines >= attempts && told.Status != "succeeded" ? told.Failure ?? "declined" : null);
        var over = told.Status is "succeeded" or "canceled";
        await change.ExecuteAsync(
            """
            update payments set status = @Status, provider_ref = @Reference, failure = coalesce(@Failure, failure), declines = @declines, unwanted = @unwanted,
                settled_at = @settledAt, ask_at = @askAt
            where id = @Id
            """,
            new
            {
                payment.Id, told.Status, told.Reference, told.Failure, declines, unwanted,
                settledAt = over ? now : (DateTimeOffset?)null,
                askAt = over ? null : (DateTimeOffset?)(unwanted is not null && payment.Unwanted is null
                    ? now
                    : now + ((unwanted is null ? LookAgain : CallOffAgain) * Math.Pow(2, Math.Min(payment.Asked, 5)))),
            }, cancellationToken);
        if (told.Status == "succeeded")
        {
            await change.SucceedAsync(payment, now, cancellationToken);
            if (payment.SaveCard && told.Card is { } card)
            {
                await change.KeepCardAsync(payment, card, now, cancellationToken);
            }

            await receipts.ForPaymentAsync(change, payment.MemberId, payment.Id, payment.Currency, cancellationToken);
        }
        else if (told.Status == "canceled")
        {
            // One that was given up for another way of paying says nothing about what it was for.
            await change.FailAsync(payment, declines >= attempts ? told.Failure ?? unwanted ?? "declined" : null, now, cancellationToken);
        }

        return over || told.Status != payment.Status || declines != payment.Declines;
    }

    /// <summary>It will not be made. What it was for is owed on, unless nobody wants it any more.</summary>
    /// <param name="reason">Why the booking it was for gets no money; null when it may be paid otherwise.</param>
    public static async Task FailAsync(this Change change, PaymentRow payment, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var line in await change.LinesAsync(payment.Id, cancellationToken))
        {
            if (line is { Live: true, Status: "owed", CalledOff: { } calledOff })
            {
                var owed = new OwedRow(line.TransactionId, payment.MemberId, line.BookingId, line.Amount, payment.Currency, line.Status, line.Fee);
                await change.CancelAsync(owed, Ledger.Nobody, calledOff, now, cancellationToken);
            }
        }

        await change.ExecuteAsync("update payment_lines set live = false where payment_id = @Id and live", new { payment.Id }, cancellationToken);
        if (payment.CardId is not null)
        {
            await change.TellDeclinedAsync(payment, now, cancellationToken);
        }

        if (reason is not null && payment.BookingId is { } booking)
        {
            change.Publish(new PaymentFailed(payment.Id, booking, payment.MemberId, reason, now));
        }
    }

    private static async Task SucceedAsync(this Change change, PaymentRow payment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var lines = await change.LinesAsync(payment.Id, cancellationToken);
        var settled = lines.Where(line => line is { Live: true, Status: "owed" }).ToList();
        var left = lines.Except(settled).ToList();
        await change.SettleAsync(settled, now, cancellationToken);
        await change.ExecuteAsync(
            "update payment_lines set live = false where payment_id = @Id and transaction_id = any(@left)",
            new { payment.Id, left = left.Select(line => line.TransactionId).ToArray() }, cancellationToken);
        await change.PostAsync(
            "payment", payment.MemberId,
            settled.Select(line => (line, line.Account)).Concat(left.Select(line => (line, Account: "unapplied")))
                .SelectMany(one => Ledger.Move("received", one.Account, one.line.TransactionId, payment.Currency, one.line.Amount)),
            payment.CreatedBy, null, now, cancellationToken);
        if (settled.Count > 0)
        {
            change.Publish(new TransactionPaid(payment.MemberId, settled.Count, [.. settled.Select(line => line.TransactionId)],
                [new(payment.Currency, settled.Sum(line => line.Amount))], now));
            if (payment.BookingId is { } booking)
            {
                change.Publish(new PaymentSucceeded(payment.Id, booking, payment.MemberId, settled.Sum(line => line.Amount), payment.Currency, now));
            }
        }

        if (left.Count > 0)
        {
            await change.GiveBackAsync(payment, left.Sum(line => line.Amount), "Nothing was owed for it any more.", $"unapplied:{payment.Id}", Ledger.Nobody, now, cancellationToken);
        }
    }

    public static Task SettleAsync(this Change change, IEnumerable<PaymentLine> lines, DateTimeOffset now, CancellationToken cancellationToken) => change.WriteAsync(
        "update transactions set status = 'paid', settled_at = @now where id = any(@ids)",
        new { now, ids = lines.Select(line => line.TransactionId).ToArray() }, cancellationToken);
}
