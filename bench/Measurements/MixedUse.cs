using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>Whether 200 people a second who look around, each at something else, are answered soon while 20 a second book.</summary>
internal static class MixedUse
{
    private const int LooksPerSecond = 200;
    private const int BookingsPerSecond = 20;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        using var floor = await BusyFloor.AddAsync(workbench, all.Address, cancellationToken);
        var (looking, booking) = (new OpenLoop(floor.LookAsync), new OpenLoop((_, token) => floor.BookAsync(token)));
        // Unmeasured at first, and few: nothing of the program is compiled yet, and nobody opens a space to all of its members at once.
        await RoundAsync(0.1);
        await RoundAsync(0.5);
        await RoundAsync();
        List<(double Look, double Book)> rounds = [];
        while (rounds.Count < Rounds.Count)
        {
            rounds.Add(await RoundAsync());
        }

        return
        [
            Finding.ValueAtMost(50, $"p99 of {LooksPerSecond} mixed reads/s beside {BookingsPerSecond} bookings/s", rounds.Median(round => round.Look), "ms"),
            Finding.Only("p99 of hold and confirm beside them", rounds.Median(round => round.Book), "ms"),
        ];

        async Task<(double Look, double Book)> RoundAsync(double share = 1)
        {
            var books = booking.P99MillisecondsAsync((int)(BookingsPerSecond * share), Round, cancellationToken);
            var looks = await looking.P99MillisecondsAsync((int)(LooksPerSecond * share), Round, cancellationToken);
            return (looks, await books);
        }
    }
}
