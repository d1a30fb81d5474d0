using System.Net.Http.Json;

namespace Portico.Tests.Behaviour.Host;

public sealed class VerbTests : IDisposable
{
    private readonly ProcessFolder folder = new();

    [Fact]
    public async Task An_unknown_target_ends_with_2_and_the_list_of_targets()
    {
        var run = await PorticoExecutable.RunAsync("serve", "lobby", "--data", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no target `lobby`", run.Errors, StringComparison.Ordinal);
        Assert.Contains("members    3002", run.Errors, StringComparison.Ordinal);
        Assert.Contains("bookings   3005", run.Errors, StringComparison.Ordinal);
    }

    [Theory, InlineData("verify-config"), InlineData("serve")]
    public async Task A_wrong_configuration_names_every_error_and_touches_nothing(string verb)
    {
        var run = await PorticoExecutable.RunAsync(
            new Dictionary<string, string?>
            {
                ["Neighbours:auth"] = "somewhere",
                ["Http:MaxBodyBytes"] = "12",
                ["Tokens:Lifetime"] = "for ever",
                ["Tokens:Audience"] = " ",
                ["Gateway:Origins:0"] = "space.example",
                ["RateLimiting:SignInPerMinute"] = "-1",
                ["Modules:auth:ConnectionString"] = "Host=db;Pasword=x",
                ["Modules:auth:SessionLifetime"] = "00:00:01",
                ["Schedules:purge-expired:Every"] = "now and then",
            },
            verb, "all", "--data", folder.Path);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("14 errors", run.Errors, StringComparison.Ordinal);
        foreach (var key in (string[])
        [
            "Neighbours:auth:", "Http:MaxBodyBytes:", "Tokens:Lifetime:", "Tokens:Audience:", "Gateway:Origins:", "RateLimiting:SignInPerMinute:",
            "Modules:auth:ConnectionString:", "Modules:Auth:SessionLifetime:", "Modules:members:ConnectionString:", "Modules:activity:ConnectionString:", "Modules:bookings:ConnectionString:", "Modules:payments:ConnectionString:", "Modules:analytics:ConnectionString:", "Modules:notifications:ConnectionString:", "Schedules:purge-expired:Every ",
        ])
        {
            Assert.Contains($"\n  {key}", run.Errors, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path));
    }

    [Theory]
    [InlineData("nowhere", "\"nowhere\" is no address")]
    [InlineData("http://127.0.0.1:99999", "\"http://127.0.0.1:99999\" is no address")]
    [InlineData("http://127.0.0.1:-1", "\"http://127.0.0.1:-1\" is no address")]
    [InlineData("https://127.0.0.1:0", "No server certificate was specified")]
    public async Task An_address_that_cannot_be_answered_on_is_told_in_a_few_words(string url, string words)
    {
        // Where a developer's certificate would be found.
        var run = await PorticoExecutable.RunAsync(
            new Dictionary<string, string?> { ["HOME"] = folder.Path, ["Neighbours:auth"] = "http://127.0.0.1:9", ["Neighbours:members"] = "http://127.0.0.1:9" },
            "serve", "gateway", "--data", folder.Path, "--urls", url);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tokens:Lifetime", "for ever", "keys", "rotate")]
    [InlineData("EmbeddedPostgres:MaxConnections", "many", "postgres")]
    [InlineData("EmbeddedPostgres:MaxConnections", "1", "postgres")]
    public async Task Verbs_without_an_application_name_the_wrong_setting_too(string key, string value, params string[] verb)
    {
        var run = await PorticoExecutable.RunAsync(new Dictionary<string, string?> { [key] = value }, [.. verb, "--data", folder.Path]);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"portico: The configuration has an error:\n  {key}:", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task A_sound_configuration_is_said_to_be_sound_and_nothing_is_made()
    {
        var run = await PorticoExecutable.RunAsync("verify-config", "--data", folder.Path);
        Assert.Equal((0, "The configuration is sound."), (run.ExitCode, run.Output));
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_in_a_line()
    {
        var run = await PorticoExecutable.RunAsync(
            new Dictionary<string, string?> { ["Modules:auth:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=portico;Password=never-shown" },
            "serve", "auth", "--data", folder.Path, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("portico: The database of auth cannot be used:", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("never-shown", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_tells_each_module_and_fails_where_nobody_answers()
    {
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess);
        var well = await PorticoExecutable.RunAsync("health", "--url", platform.Gateway.ToString());
        Assert.Equal(0, well.ExitCode);
        Assert.Contains("auth       ok", well.Output, StringComparison.Ordinal);
        Assert.Contains("members    ok", well.Output, StringComparison.Ordinal);
        Assert.Contains("bookings   ok", well.Output, StringComparison.Ordinal);

        var nobody = await PorticoExecutable.RunAsync("health", "--url", "http://127.0.0.1:1");
        Assert.Equal(1, nobody.ExitCode);
        Assert.StartsWith("portico: http://127.0.0.1:1 does not answer", nobody.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_fails_when_a_module_has_lost_its_database()
    {
        await using var databases = await TestDatabases.StartAsync(durable: false);
        await using var platform = await RunningPlatform.StartAsync(Shape.OneProcess, on: databases);
        await databases.StopServerAsync();
        var ill = await PorticoExecutable.RunAsync("health", "--url", platform.Gateway.ToString());
        Assert.Equal(1, ill.ExitCode);
        Assert.Contains("auth       unavailable", ill.Output, StringComparison.Ordinal);
        await databases.StartServerAsync();
    }

    [Fact]
    public async Task Administrators_are_made_and_helped_beside_a_running_process()
    {
        await using var running = PorticoExecutable.Start("serve", "all", "--data", folder.Path, "--urls", "http://127.0.0.1:0");
        var address = await running.AddressAsync();

        var made = await PorticoExecutable.RunAsync("admin", "create", "berta", "--data", folder.Path);
        Assert.Equal(0, made.ExitCode);
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(address, "berta", made.Output));

        var again = await PorticoExecutable.RunAsync("admin", "create", "berta", "--data", folder.Path);
        Assert.Equal((1, ""), (again.ExitCode, again.Output));
        Assert.Contains("There is an account named berta already.", again.Errors, StringComparison.Ordinal);

        var reset = await PorticoExecutable.RunAsync("admin", "reset-password", "berta", "--data", folder.Path);
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(address, "berta", made.Output));
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(address, "berta", reset.Output));
        Assert.DoesNotContain(made.Output, running.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_that_migrate_at_once_apply_everything_once()
    {
        await using var server = PorticoExecutable.Start("postgres", "--data", folder.Path);
        await server.LineAsync(" answers on ");
        var runs = await Task.WhenAll(
            PorticoExecutable.RunAsync("migrate", "all", "--data", folder.Path), PorticoExecutable.RunAsync("migrate", "all", "--data", folder.Path));

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Errors));
        foreach (var module in (string[])["auth", "members", "bookings"])
        {
            var lines = runs.SelectMany(run => run.Output.Split('\n')).Where(line => line.StartsWith($"{module}:", StringComparison.Ordinal)).ToList();
            Assert.Equal(2, lines.Count);
            Assert.Single(lines, $"{module}: up to date");
            Assert.Single(lines, line => line.Contains("applied platform/0001", StringComparison.Ordinal));
        }

        Assert.Equal(0, await server.InterruptAsync());
        Assert.Null(folder.DatabaseServer);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<HttpStatusCode> LoginAsync(Uri address, string username, string password)
    {
        using var client = new HttpClient();
        return (await client.PostAsJsonAsync(new Uri(address, "/api/auth/login"), new { username, password })).StatusCode;
    }
}
