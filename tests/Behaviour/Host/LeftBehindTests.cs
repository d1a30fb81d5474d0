using System.Runtime.CompilerServices;

namespace Portico.Tests.Behaviour.Host;

/// <summary>Hundreds of platforms live one after the other in one process of tests: what stays of each makes the later ones slow.</summary>
public class LeftBehindTests
{
    [Theory, InBothShapes]
    public async Task Nothing_of_a_platform_that_was_stopped_stays_in_memory(Shape shape)
    {
        var left = await StartAndStopAsync(shape);
        // Timers and the last work of the pool let go a moment later.
        await Eventually.TrueAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return Task.FromResult(!left.Any(app => app.IsAlive));
            }, () => $"{left.Count(app => app.IsAlive)} of {left.Count} applications stay");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<IReadOnlyList<WeakReference>> StartAndStopAsync(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        return [.. platform.Apps.Select(app => new WeakReference(app.Services))];
    }
}
