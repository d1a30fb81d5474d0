using System.Diagnostics.Metrics;

namespace Portico.Members.Features.Profiles;

/// <summary>How many profiles the nightly comparison with Auth had to mend. In good health it stays at none.</summary>
internal sealed class ReconciliationMeter(IMeterFactory meters)
{
    private readonly Counter<long> mended = meters.Create("portico.members").CreateCounter<long>(
        "portico.members.reconciled", "{profile}", "Profiles mended by the nightly comparison with the accounts, by what was wrong");

    public void Mended(string difference) => mended.Add(1, new KeyValuePair<string, object?>("difference", difference));
}
