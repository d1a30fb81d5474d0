using System.Reflection;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

namespace Portico.Tests.Behaviour;

/// <summary>
/// Both shapes in the proof; in every run one of them, which for every fourth test is a process per module. What is about the
/// seam between modules names its shapes itself, and always runs in both.
/// </summary>
/// <remarks>A platform costs two seconds of a processor: all of them twice are too long to be run often.</remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InBothShapesAttribute : DataAttribute
{
    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        // By name, so that it is the same one in every run.
        var split = Encoding.UTF8.GetBytes($"{testMethod.DeclaringType}.{testMethod.Name}").Sum(letter => letter) % 4 == 0;
        var (always, proof) = split ? (Shape.ProcessPerModule, Shape.OneProcess) : (Shape.OneProcess, Shape.ProcessPerModule);
        return new([new TheoryDataRow<Shape>(always), new TheoryDataRow<Shape>(proof) { Traits = { ["Category"] = ["Proof"] } }]);
    }
}
