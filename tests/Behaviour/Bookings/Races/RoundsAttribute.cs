using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Portico.Tests.Behaviour.Bookings.Races;

/// <summary>Both shapes: a few rounds of a few in every run, and many of many in the proof.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RoundsAttribute : DataAttribute
{
    private const int Few = 2;
    private const int FewRacers = 16;
    private const int Many = 50;

    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) => new(
    [
        .. Enum.GetValues<Shape>().Select(shape => new TheoryDataRow<Shape, int, int>(shape, Few, FewRacers)),
        .. Enum.GetValues<Shape>().Select(shape => new TheoryDataRow<Shape, int, int>(shape, Many, Many) { Traits = { ["Category"] = ["Proof"] } }),
    ]);
}
