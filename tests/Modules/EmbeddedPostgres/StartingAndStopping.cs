using System.Net;
using System.Net.Sockets;
using Npgsql;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests.Modules.EmbeddedPostgres;

public sealed class StartingAndStopping
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_is_there_after_a_stop_and_a_start_on_the_same_port()
    {
        await using var folder = new TestFolder();
        int port;
        await using (var first = await folder.StartAsync())
        {
            port = first.Port;
            await TestFolder.AskAsync(first.SuperuserConnectionString(), "create table kept as select 42 as answer");
        }

        await using var second = await folder.StartAsync();
        Assert.Equal(port, second.Port);
        Assert.Equal(42, await TestFolder.AskAsync(second.SuperuserConnectionString(), "select answer from kept"));
    }

    [Fact]
    public async Task The_server_is_set_up_as_the_design_says()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        var settings = await TestFolder.AskAsync(server.SuperuserConnectionString(),
            """
            select string_agg(name || '=' || setting, ' ' order by name collate "C") from pg_settings where name in
            ('data_checksums', 'fsync', 'listen_addresses', 'max_connections', 'password_encryption', 'server_encoding',
             'TimeZone', 'unix_socket_directories')
            """);
        Assert.Equal("TimeZone=UTC data_checksums=on fsync=off listen_addresses=127.0.0.1 max_connections=300 "
            + "password_encryption=scram-sha-256 server_encoding=UTF8 unix_socket_directories=", settings);
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(folder["superuser-password"]));
    }

    [Fact]
    public async Task It_runs_in_a_session_of_its_own_so_that_Ctrl_C_reaches_the_host_only()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        Assert.Equal(server.ProcessId, SessionOf(server.ProcessId));
        Assert.NotEqual(server.ProcessId, SessionOf(Environment.ProcessId));

        // After the name in brackets: state, parent, group, session.
        static int SessionOf(int pid) => int.Parse(File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ')[3], null);
    }

    [Fact]
    public async Task Data_and_programs_closed_to_others_work_with_one_capability_and_an_open_one_with_none()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root hands the server to another account.");
        await using var closed = new TestFolder(closed: true);
        await using var open = new TestFolder();
        await using var inClosed = await TestFolder.StartAsync(closed.Options(closed.LinkPrograms("initdb", "pg_ctl", "postgres")));
        await using var inOpen = await open.StartAsync();
        Assert.Equal(1, await TestFolder.AskAsync(inClosed.SuperuserConnectionString(), "select 1"));
        Assert.Equal("CapPrm:\t0000000000000004", Capabilities(inClosed));
        Assert.Equal("CapPrm:\t0000000000000000", Capabilities(inOpen));

        static string Capabilities(EmbeddedServer server) =>
            File.ReadLines($"/proc/{server.ProcessId}/status").Single(line => line.StartsWith("CapPrm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_can_be_stopped_and_started_again_on_its_port()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        var port = server.Port;
        await server.StopAsync(Cancellation);
        await Assert.ThrowsAsync<NpgsqlException>(() => TestFolder.AskAsync(server.SuperuserConnectionString(), "select 1"));

        await server.StartAgainAsync(Cancellation);
        Assert.Equal(port, server.Port);
        Assert.Equal(1, await TestFolder.AskAsync(server.SuperuserConnectionString(), "select 1"));
    }

    [Fact]
    public async Task A_port_that_another_program_took_is_replaced()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        await server.StopAsync(Cancellation);
        using var other = new TcpListener(IPAddress.Loopback, server.Port);
        other.Start();
        var taken = server.Port;

        await server.StartAgainAsync(Cancellation);
        Assert.NotEqual(taken, server.Port);
        Assert.Equal(1, await TestFolder.AskAsync(server.SuperuserConnectionString(), "select 1"));
    }

    [Fact]
    public async Task A_setting_the_server_refuses_is_told_in_its_own_words()
    {
        await using var folder = new TestFolder();
        var options = new EmbeddedServerOptions { DataFolder = folder.Path, Settings = new() { ["fsync"] = "off", ["work_mem"] = "plenty" } };
        var refused = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => TestFolder.StartAsync(options));
        Assert.Contains("work_mem", refused.Message, StringComparison.Ordinal);

        await using var corrected = await folder.StartAsync();
    }

    [Fact]
    public async Task A_bin_folder_without_the_programs_is_refused_by_name()
    {
        await using var folder = new TestFolder();
        var refused = await Assert.ThrowsAsync<PostgresNotFoundException>(
            () => TestFolder.StartAsync(folder.Options(binFolder: "/nowhere")));
        Assert.Contains("/nowhere", refused.Message, StringComparison.Ordinal);
    }
}
