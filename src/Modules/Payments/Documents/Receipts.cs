using System.Text.Json;
using Microsoft.Extensions.Options;
using Portico.Payments.Data;
using Portico.Platform.Data;

namespace Portico.Payments.Documents;

/// <summary>Receipts for what came in, credit notes for what went back of it. Both are the last that a change does: see <see cref="Issuing"/>.</summary>
internal sealed class Receipts(Issuing issuing, IOptions<DocumentsOptions> options)
{
    public const string Kind = "receipt";
    public const string CreditNote = "credit_note";

    /// <summary>A payment has succeeded. What nothing was owed for any more has no tax in it; it goes back.</summary>
    public async Task ForPaymentAsync(Change change, Guid memberId, Guid paymentId, string currency, CancellationToken cancellationToken)
    {
        var lines = await change.QueryAsync<DocumentLine>(
            """
            select transactions.id as transaction_id, description, 1.0 as quantity, line.amount as unit_price,
                   case when live then coalesce(tax_percent, @TaxPercent) else 0 end as tax_percent, line.amount
            from payment_lines as line join transactions on transactions.id = transaction_id
            where payment_id = @paymentId order by transactions.id
            """, new { paymentId, options.Value.TaxPercent }, cancellationToken);
        await issuing.IssueAsync(change, new(Kind, memberId, currency, lines) { PaymentId = paymentId }, cancellationToken);
    }

    /// <summary>Some of a payment went back, or came once more because it did not arrive there, or a bank took it back.</summary>
    /// <param name="refundId">Null where a bank took it.</param>
    /// <param name="moved">How much for each transaction, above nothing.</param>
    public async Task ForRefundAsync(
        Change change, string kind, PaymentRow payment, Guid? refundId, IReadOnlyList<(Guid Id, decimal Amount)> moved, CancellationToken cancellationToken)
    {
        // None for what was paid before there were documents.
        if (await change.FindAsync<Receipt>(
            "select id, lines::text from documents where payment_id = @Id and kind = 'receipt' and refund_id is null", payment, cancellationToken) is { } receipt)
        {
            var lines = JsonSerializer.Deserialize<List<DocumentLine>>(receipt.Lines, DocumentRow.Words)!.ToDictionary(line => line.TransactionId!.Value);
            await issuing.IssueAsync(
                change,
                new(kind, payment.MemberId, payment.Currency, [.. moved.Select(part => lines[part.Id] with { UnitPrice = part.Amount, Amount = part.Amount })])
                {
                    PaymentId = payment.Id, RefundId = refundId, About = receipt.Id,
                }, cancellationToken);
        }
    }

    private sealed record Receipt(Guid Id, string Lines);
}
