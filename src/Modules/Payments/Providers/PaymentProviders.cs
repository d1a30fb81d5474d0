using Microsoft.Extensions.Options;

namespace Portico.Payments.Providers;

/// <summary>The providers there are. A payment stays with the one it was begun with.</summary>
internal sealed class PaymentProviders(IEnumerable<IPaymentProvider> all, IOptions<PaymentsOptions> options)
{
    /// <summary>The one that new payments are begun with.</summary>
    public IPaymentProvider Current => Of(options.Value.Provider)!;

    /// <summary>Null for money that no provider took.</summary>
    public IPaymentProvider? Of(string name) => all.FirstOrDefault(provider => provider.Name == name);
}
