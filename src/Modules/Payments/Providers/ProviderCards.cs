namespace Portico.Payments.Providers;

/// <summary>A payment as it is asked for.</summary>
/// <param name="Id">Ours: the key that makes it one.</param>
/// <param name="Customer">The provider's name for its member; null where no card is kept or was.</param>
/// <param name="SaveCard">Whether its card is kept for later.</param>
/// <param name="Card">The saved card that it will be taken from; null where its member gives one.</param>
internal sealed record NewPayment(Guid Id, decimal Amount, string Currency, string Description, string? Customer = null, bool SaveCard = false, string? Card = null);

/// <summary>The saving of a card, as its provider has it.</summary>
/// <param name="CardId">Ours; null when it is not from here.</param>
/// <param name="Status">The words of Stripe's setup intents.</param>
/// <param name="Failure">Why the last card was declined.</param>
/// <param name="ClientSecret">With it the browser of its member gives the card to the provider.</param>
/// <param name="Card">The provider's name for the card, once there is one.</param>
internal sealed record ProviderSetup(string Reference, Guid? CardId, string Status, string? Failure, string? ClientSecret, string? Card);

/// <summary>All of a card that leaves its provider.</summary>
internal sealed record ProviderCard(string Reference, string Brand, string Last4, int ExpMonth, int ExpYear);
