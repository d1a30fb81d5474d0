using Portico.Tests.Behaviour.Faults;

namespace Portico.Tests.Behaviour.Host;

[Trait("Category", "Proof")]
public sealed class SplitTests : IDisposable
{
    private readonly ProcessFolder folder = new();

    [Fact]
    public async Task Processes_of_one_module_each_answer_behind_the_gateway_and_stop_together()
    {
        var port = FreePort.Next(inARow: 9);
        await using var first = Start(port);
        using var caller = new Caller(await GatewayAsync(first));
        var adminToken = await caller.SignAdminInAsync(first);
        // The name is auth's, the profile of the demonstration members', the place bookings'.
        Assert.Equal(1, (await caller.GetAsync("/api/auth/admin/users?q=luca", adminToken)).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        Assert.Equal(1, (await caller.GetAsync("/api/members/directory?q=luca", adminToken)).Expect(HttpStatusCode.OK)["items"].GetArrayLength());
        Assert.Equal(3, (await caller.GetAsync("/api/bookings/locations", adminToken)).Expect(HttpStatusCode.OK).Json.GetArrayLength());
        (await caller.GetAsync("/payment/transactions/list", adminToken)).Expect(HttpStatusCode.OK);
        (await caller.GetAsync("/api/social/feed", adminToken)).Expect(HttpStatusCode.OK);
        foreach (var part in (string[])["/portico postgres ", "/portico serve auth ", "/portico serve members ", "/portico serve activity ", "/portico serve bookings ", "/portico serve payments ", "/portico serve analytics ", "/portico serve notifications ", "/portico serve gateway "])
        {
            Assert.Single(folder.Processes.Values, command => command.Contains(part, StringComparison.Ordinal));
        }

        // Not by its command line, which its children have too until they name themselves.
        Assert.NotNull(folder.DatabaseServer);

        Assert.Equal(0, await first.TerminateAsync());
        Assert.Empty(folder.Processes);

        await using var second = Start(port);
        using var again = new Caller(await GatewayAsync(second));
        await Eventually.TrueAsync(async () => (await again.GetAsync("/api/auth/me", adminToken)).Succeeded, "the session did not last");
        Assert.Equal(0, await second.InterruptAsync());
        Assert.Empty(folder.Processes);
    }

    public void Dispose() => folder.Dispose();

    private PorticoExecutable Start(int port) => PorticoExecutable.StartSplit(Crowd.Settings, folder.Path, port);

    private static async Task<Uri> GatewayAsync(PorticoExecutable split)
    {
        var address = new Uri((await split.LineAsync("Portico (gateway) answers on ")).Split(' ')[^1]);
        using var client = new HttpClient();
        try
        {
            // Five processes start at once beside other tests: as long as one may take to say where it is.
            await Eventually.TrueAsync(
                async () => (await client.GetAsync(new Uri(address, "/healthz/ready"))).IsSuccessStatusCode, "the gateway is not ready", TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}:\n{split.Output}\n{split.Errors}", e);
        }

        return address;
    }
}
