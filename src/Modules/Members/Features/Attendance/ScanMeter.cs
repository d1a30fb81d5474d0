using System.Diagnostics.Metrics;

namespace Portico.Members.Features.Attendance;

/// <summary>Counts scans of event codes by what became of them: <c>present</c>, <c>late</c>, or the refusal's code.</summary>
internal sealed class ScanMeter(IMeterFactory meters)
{
    private readonly Counter<long> scans =
        meters.Create("portico.members").CreateCounter<long>("portico.attendance.scans", "{scan}", "Scans of event codes by outcome");

    public void Count(string outcome) => scans.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
