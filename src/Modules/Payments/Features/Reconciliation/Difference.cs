namespace Portico.Payments.Features.Reconciliation;

/// <summary>Something that the provider has otherwise than Portico.</summary>
/// <param name="Reference">The provider's name for the payment or refund.</param>
internal sealed record Difference(string Reference, string Kind, Guid? PaymentId, string? Here, string? There);
