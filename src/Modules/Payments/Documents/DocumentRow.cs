using System.Text.Json;
using Portico.Payments.Features.Documents;

namespace Portico.Payments.Documents;

/// <summary>A document as the database has it.</summary>
internal sealed record DocumentRow(
    Guid Id, string Kind, string Number, Guid MemberId, string Buyer, string Seller, string Currency, decimal Total, string Lines, string Taxes,
    Guid? PaymentId, Guid? RefundId, Guid? TransactionId, string? AboutNumber, DateOnly? PeriodFrom, DateOnly? PeriodTo, DateTimeOffset IssuedAt)
{
    public const string Columns =
        """
        documents.id, documents.kind, documents.name as number, documents.member_id, documents.buyer, documents.seller::text, documents.currency, documents.total,
        documents.lines::text, documents.taxes::text, documents.payment_id, documents.refund_id, documents.transaction_id,
        (select other.name from documents as other where other.id = documents.about) as about_number, documents.period_from, documents.period_to, documents.issued_at
        """;

    public static readonly JsonSerializerOptions Words = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public DocumentResponse Shown() => new(
        Id, Kind, Number, MemberId, Buyer, JsonSerializer.Deserialize<Seller>(Seller, Words)!, Currency, Total,
        JsonSerializer.Deserialize<List<DocumentLine>>(Lines, Words)!, JsonSerializer.Deserialize<List<TaxLine>>(Taxes, Words)!,
        PaymentId, RefundId, TransactionId, AboutNumber, PeriodFrom, PeriodTo, IssuedAt);
}
