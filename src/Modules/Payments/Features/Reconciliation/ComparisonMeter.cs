using System.Diagnostics.Metrics;

namespace Portico.Payments.Features.Reconciliation;

/// <summary>How far the provider and Portico are apart. Anything but none is for somebody to look at.</summary>
internal sealed class ComparisonMeter
{
    private long differences;

    public ComparisonMeter(IMeterFactory meters) => meters.Create("portico.payments").CreateObservableGauge(
        "portico.payments.differences", () => Interlocked.Read(ref differences), "{payment}", "Payments that the provider has otherwise than Portico, at the last comparison");

    public void Found(long count) => Interlocked.Exchange(ref differences, count);
}
