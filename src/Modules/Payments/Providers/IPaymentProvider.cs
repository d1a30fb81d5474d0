namespace Portico.Payments.Providers;

/// <summary>
/// Who takes the money. Everything that changes something there may be asked again: the same payment or refund is the same there,
/// however often it is asked for.
/// </summary>
internal interface IPaymentProvider
{
    /// <summary>As <c>payments.provider</c> has it.</summary>
    string Name { get; }

    /// <summary>Makes the payment there; nothing is charged before its member gives a card, or <see cref="ChargeAsync"/> takes it from a saved one.</summary>
    Task<ProviderPayment> CreateAsync(NewPayment payment, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a payment from a saved card, without its owner being there. It can be taken once, and be declined once: asked again, it is as it
    /// was. A bank that wants to ask the owner declines it with <c>authentication_required</c>.
    /// </summary>
    Task<ProviderPayment> ChargeAsync(Guid paymentId, string reference, string card, CancellationToken cancellationToken);

    /// <summary>How it stands.</summary>
    Task<ProviderPayment> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Calls it off, and answers how it stands then: it may have succeeded before.</summary>
    Task<ProviderPayment> CancelAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Gives some of it back.</summary>
    Task<ProviderRefund> RefundAsync(Guid refundId, string paymentReference, decimal amount, string currency, CancellationToken cancellationToken);

    /// <summary>How a refund stands.</summary>
    Task<ProviderRefund> FindRefundAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Makes a member known there, by our id only, and answers its name for it.</summary>
    Task<string> CreateCustomerAsync(Guid memberId, CancellationToken cancellationToken);

    /// <summary>Forgets a member there, with all saved cards. One that is gone already is no error.</summary>
    Task DeleteCustomerAsync(string customer, CancellationToken cancellationToken);

    /// <summary>Begins to save a card.</summary>
    Task<ProviderSetup> CreateSetupAsync(Guid cardId, string customer, CancellationToken cancellationToken);

    /// <summary>How the saving of a card stands.</summary>
    Task<ProviderSetup> FindSetupAsync(string reference, CancellationToken cancellationToken);

    /// <summary>What may be known of a saved card. Null when it is none, or kept no more.</summary>
    Task<ProviderCard?> FindCardAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Keeps a card no more. One that is gone already is no error.</summary>
    Task RemoveCardAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Everything made there since <paramref name="since"/>.</summary>
    IAsyncEnumerable<ProviderPayment> ListAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>A payment as its provider has it.</summary>
/// <param name="PaymentId">Ours; null when it is not from here.</param>
/// <param name="Status">The words of Stripe's payment intents.</param>
/// <param name="Failure">Why the last card was declined, such as <c>insufficient_funds</c>.</param>
/// <param name="ClientSecret">With it the browser of its member gives the card to the provider.</param>
/// <param name="Card">The provider's name for the card that was given last.</param>
internal sealed record ProviderPayment(
    string Reference, Guid? PaymentId, string Status, decimal Amount, string Currency, string? Failure, string? ClientSecret, string? Card);

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

    /// <summary>The payment that was declined, where that is what happened.</summary>
    public ProviderPayment? Declined { get; init; }
}
