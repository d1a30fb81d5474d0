namespace Portico.Payments.Data;

/// <summary>Payments that are taken from a saved card without its owner being there.</summary>
internal static class Collections
{
    /// <summary>Why a bank declines that wants to ask the card's owner first (3-D Secure), in Stripe's words.</summary>
    public const string AsksOwner = "authentication_required";
}
