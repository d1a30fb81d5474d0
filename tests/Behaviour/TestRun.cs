using System.Diagnostics.CodeAnalysis;

[assembly: AssemblyFixture(typeof(Portico.Tests.Behaviour.TestRun))]

namespace Portico.Tests.Behaviour;

/// <summary>Stops the run's database server when every test is done.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "xunit makes it")]
public sealed class TestRun : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await TestDatabases.StopSharedAsync();
}
