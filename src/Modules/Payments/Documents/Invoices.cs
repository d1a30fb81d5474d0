using Portico.Platform.Amounts;
using Portico.Platform.Data;

namespace Portico.Payments.Documents;

/// <summary>Invoices, for what is owed. One is the last that its change does: see <see cref="Issuing"/>.</summary>
internal sealed class Invoices(Issuing issuing)
{
    public const string Kind = "invoice";

    public Task<IssuedDocument> IssueAsync(Change change, InvoiceDraft draft, CancellationToken cancellationToken) => issuing.IssueAsync(
        change,
        new(Kind, draft.MemberId, draft.Currency,
        [
            .. draft.Lines.Select(line => new DocumentLine(
                draft.TransactionId, line.Description, line.Quantity, line.UnitPrice, line.TaxPercent, Money.Round(line.Quantity * line.UnitPrice, draft.Currency))),
        ])
        {
            TransactionId = draft.TransactionId, PeriodFrom = draft.PeriodFrom, PeriodTo = draft.PeriodTo,
        }, cancellationToken);
}
