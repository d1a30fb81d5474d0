using Portico.Payments.Documents;

namespace Portico.Payments.Features.Documents;

/// <summary>Who sold, as it was then.</summary>
public sealed record Seller(string Name, string? Address, string? VatId, string? Email);

/// <summary>A receipt, an invoice or a credit note. It never changes.</summary>
/// <param name="Kind"><c>receipt</c>, <c>invoice</c> or <c>credit_note</c>.</param>
/// <param name="Number">Without a gap within its kind and year.</param>
/// <param name="Buyer">The member's name, as it was then.</param>
/// <param name="Total">Tax included, in <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="Taxes">The tax in it, by rate.</param>
/// <param name="RefundId">What went back, of a credit note; what did not arrive there, of a receipt.</param>
/// <param name="TransactionId">What is owed, of an invoice.</param>
/// <param name="AboutNumber">The receipt that a credit note takes from.</param>
public sealed record DocumentResponse(
    Guid Id, string Kind, string Number, Guid UserId, string Buyer, Seller Seller, string Currency, decimal Total, IReadOnlyList<DocumentLine> Lines,
    IReadOnlyList<TaxLine> Taxes, Guid? PaymentId, Guid? RefundId, Guid? TransactionId, string? AboutNumber, DateOnly? PeriodFrom, DateOnly? PeriodTo,
    DateTimeOffset IssuedAt);
