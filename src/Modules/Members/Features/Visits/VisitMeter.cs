using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Portico.Members.Features.Visits;

/// <summary>How many people are in, and how the scans at the doors end.</summary>
internal sealed class VisitMeter
{
    private readonly Counter<long> scans;
    private ImmutableArray<(string Location, long People)> occupancy = [];

    public VisitMeter(IMeterFactory meters)
    {
        var meter = meters.Create("portico.members");
        scans = meter.CreateCounter<long>("portico.members.door_scans", "{scan}", "Passes scanned at the doors, by outcome");
        meter.CreateObservableGauge(
            "portico.members.occupancy",
            () => occupancy.Select(place => new Measurement<long>(place.People, new KeyValuePair<string, object?>("location", place.Location))),
            "{person}",
            "People who are in, by location");
    }

    public void Scanned(string outcome) => scans.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Counted(IEnumerable<(string Location, long People)> people) => occupancy = [.. people];
}
