using System.Diagnostics;
using System.Net.Sockets;

namespace Portico.Tests.Behaviour.Faults;

[Trait("Category", "Proof")]
public sealed class StoppedUnderLoadTests : IDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);
    private readonly ProcessFolder folder = new();

    [Fact]
    public async Task Ctrl_C_under_load_ends_in_order_and_whatever_was_answered_is_there_at_the_next_start()
    {
        await using var first = Serve();
        var address = await first.AddressAsync();
        using var before = new Caller(address);
        var adminToken = await before.SignAdminInAsync(first);
        var evening = await before.PlanEventAsync(adminToken, await before.AddPlaceAsync(adminToken), capacity: null);
        var code = await before.CodeOfAsync(adminToken, evening);
        using var endless = await BeginEndlessRequestAsync(address);
        var crowd = new Crowd(before, code, [], answersUntilStrike: 200, async () =>
        {
            var stopping = Stopwatch.StartNew();
            Assert.Equal(0, await first.InterruptAsync());
            Assert.True(stopping.Elapsed < LongestStop, $"it took {stopping.Elapsed} to stop");
            Assert.Null(folder.DatabaseServer);
        });
        await crowd.RunAsync();

        await using var second = Serve();
        using var after = new Caller(await second.AddressAsync());
        var reckoning = new Reckoning(after, crowd, code);
        await reckoning.AccountsAsync();
        await reckoning.ScansAsync();
        await reckoning.ProfilesAsync();
        await reckoning.AttendanceAsync(adminToken, evening);
        Assert.Equal(0, await second.TerminateAsync());
        Assert.Null(folder.DatabaseServer);
    }

    public void Dispose() => folder.Dispose();

    private PorticoExecutable Serve() => PorticoExecutable.Start(Crowd.Settings, "serve", "all", "--data", folder.Path, "--urls", "http://127.0.0.1:0");

    // A client that never sends the rest: the drain has to cut it off.
    private static async Task<TcpClient> BeginEndlessRequestAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync("POST /api/auth/login HTTP/1.1\r\nHost: portico\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray());
        return client;
    }
}
