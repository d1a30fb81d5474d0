using System.Net.Http.Headers;
using Portico.Bench.Load;
using Portico.Bench.Servers;

namespace Portico.Bench.Measurements;

/// <summary>
/// One list of spaces that all ask for, against the same server handing out as many bytes that it has ready. The list is read about
/// once a second and handed out as it was written: what a list costs that nobody has just asked for is not in the figure.
/// </summary>
internal static class ListThroughput
{
    private const string List = "/api/bookings/spaces?limit=50";
    private const string Name = "portico_bookings_list";

    public static async Task<IReadOnlyList<Finding>> MeasureAsync(Workbench workbench, CancellationToken cancellationToken)
    {
        await using var all = await PorticoServer.StartAsync(workbench, "all", Settings.FrontDoor(), cancellationToken);
        await BusyYears.PrepareAsync(workbench, Name, 0, cancellationToken);
        var folder = Path.Combine(workbench.RunFolder, Name);
        var settings = Settings.FrontDoor()
            .And(Settings.Behind(("auth", all.Address), ("members", all.Address)))
            .And(BusyYears.ConfigurationOf(workbench, Name));
        await using var here = await HostedHere.StartAsync(folder, settings, cancellationToken);
        var token = workbench.Identities.Member(Identities.NewId());
        here.Answer(await ReadAsync(new Uri(here.Address, List), token, cancellationToken));
        // Unmeasured at first: the optimiser needs to have seen the code run.
        await AlternateAsync();
        var (ours, theirs) = await AlternateAsync();
        return
        [
            Finding.RatioAtLeast(
                0.5, "list of 50 spaces against a constant answer of the same size",
                ours.Median(round => round.RequestsPerSecond), "req/s", theirs.Median(round => round.RequestsPerSecond)),
        ];

        Task<(IReadOnlyList<WrkRound> Ours, IReadOnlyList<WrkRound> Theirs)> AlternateAsync() => Rounds.AlternateAsync(
            () => Wrk.GetAsync(new Uri(here.Address, List), token, cancellationToken),
            () => Wrk.GetAsync(new Uri(here.Address, HostedHere.Constant), token, cancellationToken));
    }

    private static async Task<byte[]> ReadAsync(Uri address, string token, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetByteArrayAsync(address, cancellationToken);
    }
}
