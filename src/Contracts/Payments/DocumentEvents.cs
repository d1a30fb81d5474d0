namespace Portico.Contracts.Payments;

/// <summary>A member got a document about money. It never changes; its file is at <see cref="IDocumentFiles"/>.</summary>
/// <param name="Kind"><c>receipt</c>, <c>invoice</c> or <c>credit_note</c>.</param>
/// <param name="Number">As it is printed; gapless within its series and year.</param>
/// <param name="Amount">Tax included, in <paramref name="Currency"/> (ISO 4217).</param>
/// <param name="PaymentId">The payment it is about, if there is one.</param>
public sealed record DocumentIssued(
    Guid DocumentId, string Kind, string Number, Guid MemberId, decimal Amount, string Currency, Guid? PaymentId, DateTimeOffset IssuedAt) : IIntegrationEvent
{
    public static string Type => "document.issued";
    public static string Topic => "transactions";
    public Guid Key => MemberId;
}
