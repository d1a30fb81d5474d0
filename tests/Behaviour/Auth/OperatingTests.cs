using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portico.Auth;
using Portico.Auth.Accounts;
using Portico.Auth.Domain;
using Portico.Auth.Schedules;
using Portico.Contracts.Demo;
using Portico.Platform.Modules;
using Portico.Platform.Schedules;

namespace Portico.Tests.Behaviour.Auth;

/// <summary>What the operator of the machine does, and what is done by the clock.</summary>
public sealed class OperatingTests
{
    [Theory, InBothShapes]
    public async Task Of_several_processes_that_start_together_one_makes_the_first_administrator(Shape shape)
    {
        for (var round = 0; round < 3; round++)
        {
            await using var platform = await AuthSteps.StartAsync(shape, ("Modules:Auth:FirstAdmin", "boss"));
            var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DoAsync<FirstAdmin, OneTimePassword?>(platform, admins => admins.EnsureAsync(default))));

            var first = Assert.Single(made, admin => admin is not null)!;
            Assert.Equal("boss", first.Username);
            var boss = await platform.Somebody().LoginAsync("boss", first.Password);
            (await boss.GetAsync("/api/auth/admin/users")).Expect(HttpStatusCode.Forbidden, "password-change-required");
            boss.Token = (await boss.ChangePasswordAsync(first.Password, AuthSteps.NewPassword)).Expect(HttpStatusCode.OK).Text("token");
            (await boss.GetAsync("/api/auth/admin/users")).Expect(HttpStatusCode.OK);
            Assert.Null(await DoAsync<FirstAdmin, OneTimePassword?>(platform, admins => admins.EnsureAsync(default)));
        }
    }

    [Theory, InBothShapes]
    public async Task The_operator_makes_administrators_and_gives_them_passwords(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        await platform.AccountAsync("admin");

        // A member has the name already: the first administrator gets the next one.
        Assert.Equal("admin-2", (await DoAsync<FirstAdmin, OneTimePassword?>(platform, admins => admins.EnsureAsync(default)))!.Username);
        var made = await DoAsync<FirstAdmin, OneTimePassword>(platform, admins => admins.CreateAsync("anna", default));
        var anna = await platform.Somebody().LoginAsync("anna", made.Password);
        await platform.From("203.0.113.9").FailAsync("anna", times: 5);

        var given = await DoAsync<FirstAdmin, OneTimePassword>(platform, admins => admins.ResetAsync("ANNA", default));

        await Eventually.TrueAsync(async () => (await anna.GetAsync("/api/auth/me")).Code == "session-ended", "the old session lasts", TimeSpan.FromSeconds(1));
        (await platform.From("203.0.113.9").TryLoginAsync("anna", given.Password)).Expect(HttpStatusCode.OK);
        await Assert.ThrowsAsync<AdminRefusedException>(() => DoAsync<FirstAdmin, OneTimePassword>(platform, admins => admins.CreateAsync("Anna", default)));
        await Assert.ThrowsAsync<AdminRefusedException>(() => DoAsync<FirstAdmin, OneTimePassword>(platform, admins => admins.CreateAsync("a b", default)));
        await Assert.ThrowsAsync<AdminRefusedException>(() => DoAsync<FirstAdmin, OneTimePassword>(platform, admins => admins.ResetAsync("nobody", default)));
    }

    [Theory, InBothShapes]
    public async Task Demonstration_people_are_there_once_and_have_profiles(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        for (var run = 0; run < 2; run++)
        {
            await using var scope = platform.AuthApp().Services.CreateAsyncScope();
            foreach (var demo in scope.ServiceProvider.GetServices<IDemoData>().Where(demo => demo.GetType().Assembly == typeof(Portico.Auth.AuthModule).Assembly))
            {
                await demo.SeedAsync(CancellationToken.None);
            }
        }

        var ids = DemoPeople.All.Select(person => person.Id).ToArray();
        Assert.Equal([16L], await platform.QueryAsync<long>("auth", "select count(*) from accounts where id = any(@ids)", new { ids }));
        await Eventually.TrueAsync(
            async () => (await platform.QueryAsync<long>("members", "select count(*) from profiles where id = any(@ids)", new { ids }))[0] == 16, "profiles are missing");

        var admin = await platform.AdminAsync();
        var door = (await admin.PostAsync($"/api/auth/admin/users/{DemoPeople.KioskMilano.Id}/password")).Expect(HttpStatusCode.OK);
        Assert.False(door["must_change_password"].GetBoolean());
        (await platform.Somebody().LoginAsync("kiosk-milano", door.Text("one_time_password"))).Token = null;
    }

    [Theory, InBothShapes]
    public async Task What_nobody_needs_any_more_is_purged_and_nothing_else(Shape shape)
    {
        await using var platform = await AuthSteps.StartAsync(shape);
        var anna = await platform.MemberAsync();
        await anna.LoginForLongAsync(anna.Username);
        (await anna.LogoutAsync()).Expect(HttpStatusCode.NoContent);
        await platform.From("203.0.113.9").FailAsync("nobody", times: 5);
        await platform.Somebody().ForgetAsync("nobody");
        string[] tables = ["sessions", "ended_sessions", "refresh_tokens", "login_failures", "password_resets", "auth_log"];
        var before = await CountAsync(platform, tables);
        Assert.All(before, count => Assert.NotEqual(0, count));

        await PurgeAsync(platform);
        Assert.Equal(before, await CountAsync(platform, tables));

        platform.Clock.Advance(TimeSpan.FromDays(62));
        await PurgeAsync(platform);
        Assert.Equal([0, 0, 0, 0, 0, before[^1]], await CountAsync(platform, tables));

        platform.Clock.Advance(TimeSpan.FromDays(340));
        await PurgeAsync(platform);
        Assert.Equal([0L], await CountAsync(platform, ["auth_log"]));
        (await platform.Somebody().TryLoginAsync(anna.Username)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_directory_of_accounts_is_all_that_its_reader_sees()
    {
        await using var platform = await AuthSteps.StartAsync(Shape.OneProcess);
        await platform.AccountAsync("anna", "anna@space.example");
        await using var directory = new NpgsqlConnection(platform.Databases["Modules:members:AccountDirectory"]);

        Assert.Equal("anna anna@space.example member active", await directory.QuerySingleAsync<string>(
            "select username || ' ' || email || ' ' || role || ' ' || status from account_directory"));
        foreach (var table in new[] { "accounts", "sessions", "refresh_tokens", "auth_log", "outbox" })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => directory.QueryAsync($"select * from {table}"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
        }
    }

    private static async Task<TAnswer> DoAsync<TService, TAnswer>(RunningPlatform platform, Func<TService, Task<TAnswer>> act)
        where TService : notnull
    {
        await using var scope = platform.AuthApp().Services.CreateAsyncScope();
        var answer = await act(scope.ServiceProvider.GetRequiredService<TService>());
        platform.Logs.Secret((answer as OneTimePassword)?.Password);
        return answer;
    }

    private static async Task PurgeAsync(RunningPlatform platform)
    {
        await RunAsync<PurgeExpired>(platform);
        await RunAsync<ForgetReceived<AuthModule>>(platform);
    }

    private static Task<bool> RunAsync<TJob>(RunningPlatform platform)
        where TJob : IScheduledJob => DoAsync<TJob, bool>(platform, async job =>
    {
        await job.RunAsync(CancellationToken.None);
        return true;
    });

    private static async Task<IReadOnlyList<long>> CountAsync(RunningPlatform platform, IEnumerable<string> tables)
    {
        List<long> counts = [];
        foreach (var table in tables)
        {
            counts.AddRange(await platform.QueryAsync<long>("auth", $"select count(*) from {table}"));
        }

        return counts;
    }
}
