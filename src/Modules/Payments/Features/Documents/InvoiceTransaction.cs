using Microsoft.Extensions.Options;
using Portico.Payments.Documents;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;

namespace Portico.Payments.Features.Documents;

/// <summary>An invoice for what a member owes, or owed and paid.</summary>
internal static class InvoiceTransaction
{
    public static async Task<Results<Created<DocumentResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<PaymentsModule> database, Invoices invoices, IOptions<DocumentsOptions> options, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // Locked, so that two who ask for it at once ask one after the other.
        if (await change.FindAsync<Charge>(
            "select member_id, amount, currency, description, status, tax_percent from transactions where id = @id for update", new { id }, cancellationToken) is not { } charge)
        {
            return TransactionProblems.NotFound();
        }

        if (charge.Status == "cancelled")
        {
            return TransactionProblems.Settled(charge.Status);
        }

        if (await change.FindAsync<bool>("select exists (select from documents where transaction_id = @id and kind = 'invoice')", new { id }, cancellationToken))
        {
            return DocumentProblems.Invoiced();
        }

        var line = new InvoiceLine(charge.Description, 1, charge.Amount, charge.TaxPercent ?? options.Value.TaxPercent);
        var issued = await invoices.IssueAsync(change, new(charge.MemberId, charge.Currency, [line], id, null, null), cancellationToken);
        var document = await change.FindAsync<DocumentRow>($"select {DocumentRow.Columns} from documents where id = @Id", issued, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/payments/documents/{issued.Id}", document!.Shown());
    }

    private sealed record Charge(Guid MemberId, decimal Amount, string Currency, string Description, string Status, decimal? TaxPercent);
}
