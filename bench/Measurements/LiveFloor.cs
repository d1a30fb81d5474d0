using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// What it costs one process that 5,000 people watch the floor, and how soon all of them know of a change. The watchers read on
/// the same processors.
/// </summary>
internal static class LiveFloor
{
    private const int People = 5000;
    private const int Changes = 20;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        using var room = await OpenRoom.AddAsync(workbench, all.Address, cancellationToken);
        // Unmeasured at first: code that runs for the first time takes memory and time that is nobody's.
        using (var few = await Listeners.ConnectAsync(all.Address, Tokens(workbench, 100), cancellationToken))
        {
            await ChangeAsync(few);
        }

        await Task.Delay(Settling, cancellationToken);
        var without = Machine.ResidentMegabytes(all.ProcessId);
        using var listeners = await Listeners.ConnectAsync(all.Address, Tokens(workbench, People), cancellationToken);
        await Task.Delay(Settling, cancellationToken);
        var with = Machine.ResidentMegabytes(all.ProcessId);
        var heard = await ChangeAsync(listeners);
        var each = heard.SelectMany(change => change).Order().ToList();
        return
        [
            Finding.ValueAtMost(30, $"memory of an idle listener, {People} on one process", (with - without) * 1024 / People, "kB"),
            Finding.ValueAtMost(500, $"a change at the last of {People} listeners, slowest of {Changes}", heard.Max(change => change[^1]), "ms"),
            Finding.Only($"a change at a listener, p99 of {People}", each[(int)Math.Ceiling(each.Count * 0.99) - 1], "ms"),
            Finding.Only($"a change at a listener, median of {People}", each[each.Count / 2], "ms"),
        ];

        async Task<IReadOnlyList<IReadOnlyList<double>>> ChangeAsync(Listeners watching)
        {
            List<IReadOnlyList<double>> changes = [];
            while (changes.Count < Changes)
            {
                // From before it is asked for: the booking itself is part of it.
                changes.Add(await watching.HearAsync(() => room.HoldNextAsync(cancellationToken), cancellationToken));
                await Task.Delay(Between, cancellationToken);
            }

            return changes;
        }
    }

    private static IReadOnlyList<string> Tokens(Workbench workbench, int people)
    {
        var identities = workbench.Identities;
        return [.. Enumerable.Range(0, people).Select(_ => identities.Member(Identities.NewId()))];
    }
}
