namespace Portico.Payments.Documents;

/// <summary>Something on an invoice.</summary>
/// <param name="UnitPrice">Tax included.</param>
internal sealed record InvoiceLine(string Description, decimal Quantity, decimal UnitPrice, decimal TaxPercent);

/// <summary>An invoice as it is to be.</summary>
/// <param name="TransactionId">What is owed for it; at most one invoice each.</param>
internal sealed record InvoiceDraft(
    Guid MemberId, string Currency, IReadOnlyList<InvoiceLine> Lines, Guid? TransactionId, DateOnly? PeriodFrom, DateOnly? PeriodTo);

/// <summary>A document that has its number, once the change it is in commits.</summary>
/// <param name="Number">As it is printed, such as I-2026-000001.</param>
internal sealed record IssuedDocument(Guid Id, string Number, decimal Total);

/// <summary>A document as it is to be, whatever its kind.</summary>
internal sealed record DocumentDraft(string Kind, Guid MemberId, string Currency, IReadOnlyList<DocumentLine> Lines)
{
    public Guid? PaymentId { get; init; }

    public Guid? RefundId { get; init; }

    public Guid? TransactionId { get; init; }

    public Guid? About { get; init; }

    public DateOnly? PeriodFrom { get; init; }

    public DateOnly? PeriodTo { get; init; }
}
