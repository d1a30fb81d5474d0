using Npgsql;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests.Modules.EmbeddedPostgres;

public sealed class DatabasesOfModules
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_module_has_its_own_and_cannot_enter_anothers()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        var connections = await ModuleDatabases.CreateAsync(server, ["auth", "members", "bookings"], [], Cancellation);

        await TestFolder.AskAsync(connections.Modules["auth"], "create table accounts as select 'ada' as name");
        Assert.Equal("portico_members portico-members", await TestFolder.AskAsync(connections.Modules["members"],
            "select current_user || ' ' || current_setting('application_name')"));
        Assert.Equal("portico_bookings portico-bookings", await TestFolder.AskAsync(connections.Modules["bookings"],
            "select current_user || ' ' || current_setting('application_name')"));
        var trespass = new NpgsqlConnectionStringBuilder(connections.Modules["members"]) { Database = "portico_auth" };
        await RefusedAsync(PostgresErrorCodes.InsufficientPrivilege, trespass.ConnectionString, "select 1");
        await RefusedAsync(PostgresErrorCodes.InsufficientPrivilege, connections.Modules["members"], "create role intruder");
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(folder["roles.json"]));
        Assert.DoesNotContain("Password", connections.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_directory_role_reads_what_the_auth_module_shows_it_and_writes_nothing()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        var connections = await ModuleDatabases.CreateAsync(server, ["auth"], [], Cancellation);
        await TestFolder.AskAsync(connections.Modules["auth"],
            "create table accounts as select 'ada' as name; create view directory as table accounts; grant select on directory to portico_directory");

        Assert.Equal("ada", await TestFolder.AskAsync(connections.Directory, "select name from directory"));
        await RefusedAsync(PostgresErrorCodes.InsufficientPrivilege, connections.Directory, "select name from accounts");
        await RefusedAsync(PostgresErrorCodes.ReadOnlySqlTransaction, connections.Directory, "create table mine (id int)");
    }

    [Fact]
    public async Task Several_processes_at_once_make_the_same_databases()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var attached = await EmbeddedServer.AttachAsync(folder.Options(), Cancellation);
            return await ModuleDatabases.CreateAsync(attached, ["auth", "bookings"], [], Cancellation);
        }));

        Assert.Single(all.Select(connections => connections.Modules["bookings"]).Distinct());
        Assert.Equal("portico_bookings", await TestFolder.AskAsync(all[0].Modules["bookings"], "select current_user::text"));
    }

    [Fact]
    public async Task A_lost_password_file_gives_the_roles_new_passwords()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        var before = await ModuleDatabases.CreateAsync(server, ["auth"], [], Cancellation);
        File.Delete(folder["roles.json"]);
        var after = await ModuleDatabases.CreateAsync(server, ["auth"], [], Cancellation);

        Assert.NotEqual(before.Modules["auth"], after.Modules["auth"]);
        Assert.Equal(1, await TestFolder.AskAsync(after.Modules["auth"], "select 1"));
        await RefusedAsync(PostgresErrorCodes.InvalidPassword, before.Modules["auth"], "select 1");
    }

    [Fact]
    public async Task A_name_that_is_no_modules_is_refused()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        foreach (var name in (string[])["directory", "a; drop database postgres", "Auth", ""])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => ModuleDatabases.CreateAsync(server, [name], [], Cancellation));
        }
    }

    private static async Task RefusedAsync(string code, string connection, string sql)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => TestFolder.AskAsync(connection, sql));
        Assert.Equal(code, refused.SqlState);
    }
}
