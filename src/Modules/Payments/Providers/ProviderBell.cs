using Portico.Platform.Messaging;

namespace Portico.Payments.Providers;

/// <summary>Says that a provider is to be asked for something.</summary>
internal sealed class ProviderBell
{
    private readonly Bell bell = new();

    public void Ring() => bell.Ring();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => bell.WaitAsync(atMost, TimeProvider.System, cancellationToken);
}
