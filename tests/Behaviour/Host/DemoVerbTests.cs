using Portico.Tests.Behaviour.Faults;

namespace Portico.Tests.Behaviour.Host;

[Trait("Category", "Proof")]
public sealed class DemoVerbTests : IDisposable
{
    private static readonly (string Module, string Table)[] Tables =
    [
        ("auth", "accounts"), ("members", "profiles"), ("members", "locations"), ("members", "events"), ("members", "attendance"), ("members", "visits"),
        ("bookings", "people"), ("bookings", "locations"), ("bookings", "opening_exceptions"), ("bookings", "location_staff"), ("bookings", "spaces"),
        ("bookings", "space_parts"), ("bookings", "space_units"), ("bookings", "amenities"), ("bookings", "space_amenities"), ("bookings", "outbox"),
        ("bookings", "bookings"), ("bookings", "claims"), ("bookings", "floor_changes"), ("bookings", "booking_services"), ("bookings", "series"),
        ("bookings", "blocks"), ("bookings", "waiting_entries"), ("bookings", "plans"), ("bookings", "teams"), ("bookings", "team_members"),
        ("bookings", "member_plans"), ("bookings", "credit_entries"),
    ];

    private readonly ProcessFolder folder = new();

    [Fact]
    public async Task An_empty_installation_gets_people_places_and_events_and_a_second_time_nothing_more()
    {
        await using (var server = PorticoExecutable.Start("postgres", "--data", folder.Path))
        {
            await server.LineAsync(" answers on ");
            Assert.Contains("Run `portico migrate ", (await RunAsync("demo")).Errors, StringComparison.Ordinal);
            Assert.Equal(0, (await RunAsync("migrate", "all")).ExitCode);

            Assert.Equal((0, "The demonstration data is there."), Told(await RunAsync("demo")));
            var made = await CountAsync();
            Assert.All(made, count => Assert.True(count.Rows > 0, $"{count.Table} is empty"));
            Assert.Equal((0, "The demonstration data is there."), Told(await RunAsync("demo")));
            Assert.Equal(made, await CountAsync());
            Assert.Equal(0, await server.InterruptAsync());
        }

        // One of them comes in, with a password that the operator gives out.
        await using var portico = PorticoExecutable.Start(Crowd.Settings, "serve", "all", "--data", folder.Path, "--urls", "http://127.0.0.1:0");
        using var caller = new Caller(await portico.AddressAsync());
        var password = (await RunAsync("admin", "reset-password", "luca")).Output;
        Assert.Equal("luca", (await caller.LoginAsync("luca", password)).Expect(HttpStatusCode.OK).Text("username"));
        Assert.Equal(0, await portico.InterruptAsync());
    }

    public void Dispose() => folder.Dispose();

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] verb) =>
        PorticoExecutable.RunAsync(Crowd.Settings, [.. verb, "--data", folder.Path]);

    private static (int ExitCode, string Output) Told((int ExitCode, string Output, string Errors) run) => (run.ExitCode, run.Output);

    private async Task<List<(string Table, long Rows)>> CountAsync()
    {
        List<(string, long)> counts = [];
        foreach (var (module, table) in Tables)
        {
            counts.Add((table, (await folder.QueryAsync<long>(module, $"select count(*) from {table}")).Single()));
        }

        return counts;
    }
}
