using System.Text.Json;
using Microsoft.Extensions.Options;
using Portico.Contracts.Payments;
using Portico.Payments.Features.Documents;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Payments.Documents;

/// <summary>
/// Gives documents their numbers, in the change that makes true what they say. The counter is taken here and kept until that change
/// ends, so this is the last that a change does: whoever has a number waits for nobody's account.
/// </summary>
internal sealed class Issuing(IOptions<DocumentsOptions> options, TimeProvider time)
{
    public async Task<IssuedDocument> IssueAsync(Change change, DocumentDraft draft, CancellationToken cancellationToken)
    {
        var (house, now) = (options.Value, time.GetStoredNow());
        var (id, total) = (Guid.CreateVersion7(now), draft.Lines.Sum(line => line.Amount));
        var seller = new Seller(house.Seller, house.Address, house.VatId, house.Email);
        var number = await change.FindAsync<string>(
            """
            insert into documents (
                id, kind, year, member_id, buyer, seller, currency, total, lines, taxes, payment_id, refund_id, transaction_id, about, period_from, period_to, issued_at)
            values (
                @id, @Kind, @year, @MemberId, coalesce((select username from people where id = @MemberId), @MemberId::text), @seller::jsonb, @Currency, @total,
                @lines::jsonb, @taxes::jsonb, @PaymentId, @RefundId, @TransactionId, @About, @PeriodFrom, @PeriodTo, @now)
            returning name
            """,
            new
            {
                id, draft.Kind, draft.MemberId, draft.Currency, total, draft.PaymentId, draft.RefundId, draft.TransactionId, draft.About, draft.PeriodFrom, draft.PeriodTo,
                now, year = LocalDay.Of(now, house.FindZone()).Year,
                seller = JsonSerializer.Serialize(seller, DocumentRow.Words),
                lines = JsonSerializer.Serialize(draft.Lines, DocumentRow.Words),
                taxes = JsonSerializer.Serialize(Taxes.Of(draft.Lines, draft.Currency), DocumentRow.Words),
            }, cancellationToken);
        change.Publish(new DocumentIssued(id, draft.Kind, number!, draft.MemberId, total, draft.Currency, draft.PaymentId, now));
        return new(id, number!, total);
    }
}
