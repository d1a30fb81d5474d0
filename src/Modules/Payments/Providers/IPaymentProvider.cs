namespace Portico.Payments.Providers;

/// <summary>
/// Who takes the money. Everything that changes something there may be asked again: the same payment or refund is the same there,
/// however often it is asked for.
/// </summary>
internal interface IPaymentProvider
{
    /// <summary>As <c>payments.provider</c> has it.</summary>
    string Name { get; }

    /// <summary>Makes the payment there; nothing is charged before its member gives a card.</summary>
    Task<ProviderPayment> CreateAsync(Guid paymentId, decimal amount, string currency, string description, CancellationToken cancellationToken);

    /// <summary>How it stands.</summary>
    Task<ProviderPayment> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Calls it off, and answers how it stands then: it may have succeeded before.</summary>
    Task<ProviderPayment> CancelAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Gives some of it back.</summary>
    Task<ProviderRefund> RefundAsync(Guid refundId, string paymentReference, decimal amount, string currency, CancellationToken cancellationToken);

    /// <summary>How a refund stands.</summary>
    Task<ProviderRefund> FindRefundAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Everything made there since <paramref name="since"/>.</summary>
    IAsyncEnumerable<ProviderPayment> ListAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>A payment as its provider has it.</summary>
/// <param name="PaymentId">Ours; null when it is not from here.</param>
/// <param name="Status">The words of Stripe's payment intents.</param>
/// <param name="Failure">Why the last card was declined, such as <c>insufficient_funds</c>.</param>
/// <param name="ClientSecret">With it the browser of its member gives the card to the provider.</param>
internal sealed record ProviderPayment(
    string Reference, Guid? PaymentId, string Status, decimal Amount, string Currency, string? Failure, string? ClientSecret);

/// <summary>A refund as its provider has it.</summary>
/// <param name="RefundId">Ours; null when it was made at the provider's.</param>
/// <param name="Status"><c>pending</c>, <c>succeeded</c> or <c>failed</c>.</param>
internal sealed record ProviderRefund(string Reference, Guid? RefundId, string PaymentReference, string Status, decimal Amount, string? Failure);

/// <summary>The provider did not answer, or could not. What was asked may have happened: ask again.</summary>
internal sealed class ProviderAwayException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The provider will not do it, however often it is asked.</summary>
internal sealed class ProviderRefusedException(string code, string message) : Exception(message)
{
    /// <summary>In the provider's words, such as <c>amount_too_small</c>.</summary>
    public string Code => code;
}
