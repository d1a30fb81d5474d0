using System.Net.Http.Json;

namespace Portico.Tests.Behaviour.Host;

[Trait("Category", "Proof")]
public sealed class StartingAndStoppingTests : IDisposable
{
    private const string Announcement = "one-time password ";
    private readonly ProcessFolder folder = new();
    private readonly HttpClient client = new();

    [Fact]
    public async Task The_first_start_tells_a_password_once_and_after_Ctrl_C_the_next_start_finds_the_account()
    {
        string password;
        await using (var first = Serve())
        {
            var address = await first.AddressAsync();
            var line = Assert.Single(first.Output.Split('\n'), line => line.Contains(Announcement, StringComparison.Ordinal));
            Assert.StartsWith("The first administrator is admin,", line, StringComparison.Ordinal);
            password = line.Split(Announcement)[1];
            Assert.Equal(HttpStatusCode.OK, await LoginAsync(address, "admin", password));

            Assert.Equal(0, await first.InterruptAsync());
            Assert.Null(folder.DatabaseServer);
            Assert.Single(first.Output.Split('\n'), line => line.Contains(password, StringComparison.Ordinal));
        }

        await using var second = Serve();
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(await second.AddressAsync(), "admin", password));
        Assert.DoesNotContain(Announcement, second.Output, StringComparison.Ordinal);
        Assert.Equal(0, await second.TerminateAsync());
        Assert.Null(folder.DatabaseServer);
    }

    [Fact]
    public async Task After_kill_9_the_next_start_takes_the_database_over_and_nothing_is_lost()
    {
        await using var killed = Serve();
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(await killed.AddressAsync(), "carla"));
        await killed.KillAsync();
        var left = folder.DatabaseServer;
        Assert.NotNull(left);

        await using var next = Serve();
        var address = await next.AddressAsync();
        Assert.Equal(left, folder.DatabaseServer);
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(address, "carla", AccountSteps.GoodPassword));
        Assert.Equal(0, await next.InterruptAsync());
        Assert.Null(folder.DatabaseServer);
    }

    [Fact]
    public async Task A_second_start_says_who_has_the_data_folder_and_another_installation_who_has_the_port()
    {
        await using var running = Serve();
        var address = await running.AddressAsync();

        // The same, or one of its modules in the other shape.
        foreach (var target in (string[])["all", "members"])
        {
            var same = await PorticoExecutable.RunAsync("serve", target, "--data", folder.Path, "--urls", "http://127.0.0.1:0");
            Assert.Equal(1, same.ExitCode);
            Assert.Contains($"Process {running.Id} is using this data folder", same.Errors, StringComparison.Ordinal);
            AssertNoStackTrace(same.Errors);
        }

        using var elsewhere = new ProcessFolder();
        var other = await PorticoExecutable.RunAsync("serve", "all", "--data", elsewhere.Path, "--urls", address.ToString());
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("Another program answers on http://127.0.0.1:", other.Errors, StringComparison.Ordinal);
        AssertNoStackTrace(other.Errors);
        Assert.False(Directory.Exists(Path.Combine(elsewhere.Path, "postgres")), "a database was made for a process that cannot serve");

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(address, "/healthz/ready"))).StatusCode);
    }

    [Fact]
    public async Task It_ends_though_its_database_went_away()
    {
        await using var running = Serve();
        await running.AddressAsync();
        await Eventually.TrueAsync(
            async () => (await folder.QueryAsync<int>("bookings", "select 1 from qrtz_triggers where trigger_state = 'ACQUIRED'")).Count > 0,
            "the schedules have taken nothing that they would want to give back");
        folder.KillDatabaseServer();
        Assert.Equal(0, await running.TerminateAsync());
        AssertNoStackTrace(running.Errors);
    }

    [Fact]
    public async Task Ctrl_C_while_it_starts_leaves_nothing_running()
    {
        await using var starting = Serve();
        await starting.LineAsync("Started the database server");
        await starting.InterruptAsync();
        Assert.Null(folder.DatabaseServer);
        AssertNoStackTrace(starting.Errors);
    }

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    private PorticoExecutable Serve() => PorticoExecutable.Start("serve", "all", "--data", folder.Path, "--urls", "http://127.0.0.1:0");

    private async Task<HttpStatusCode> LoginAsync(Uri address, string username, string password) =>
        (await client.PostAsJsonAsync(new Uri(address, "/api/auth/login"), new { username, password })).StatusCode;

    private async Task<HttpStatusCode> RegisterAsync(Uri address, string username) =>
        (await client.PostAsJsonAsync(new Uri(address, "/api/auth/register"), new { username, password = AccountSteps.GoodPassword })).StatusCode;

    private static void AssertNoStackTrace(string errors) => Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
}
