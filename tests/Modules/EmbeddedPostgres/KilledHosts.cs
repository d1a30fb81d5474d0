using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests.Modules.EmbeddedPostgres;

public sealed class KilledHosts
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_of_a_killed_host_is_taken_over_and_stopped_at_the_end()
    {
        await using var folder = new TestFolder();
        await using var killed = SecondHost.Start(folder);
        var left = await killed.ReadServerProcessIdAsync();
        await killed.KillAsync();

        await using (var server = await folder.StartAsync())
        {
            Assert.Equal(left, server.ProcessId);
            Assert.Equal(1, await TestFolder.AskAsync(server.SuperuserConnectionString(), "select 1"));
        }

        Assert.Null(Postmaster.Find(new ServerFolder(folder.Path)));
    }

    [Fact]
    public async Task A_server_that_is_still_stopping_is_waited_for_and_started_anew()
    {
        await using var folder = new TestFolder();
        await using var killed = SecondHost.Start(folder);
        var stopping = await killed.ReadServerProcessIdAsync();
        await killed.KillAsync();
        await using var attached = await EmbeddedServer.AttachAsync(folder.Options(), Cancellation);
        await using var source = NpgsqlDataSource.Create(attached.SuperuserConnectionString());
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        // Held still, it keeps the server from ending.
        var session = connection.ProcessID;
        await SignalAsync("STOP", session);
        await SignalAsync("INT", stopping);
        while (Postmaster.Find(new ServerFolder(folder.Path)) is { IsStopping: false })
        {
            await Task.Delay(10, Cancellation);
        }

        var starting = folder.StartAsync();
        Assert.False(starting.IsCompleted);
        await SignalAsync("CONT", session);

        await using var server = await starting;
        Assert.NotEqual(stopping, server.ProcessId);
        Assert.Equal(1, await TestFolder.AskAsync(server.SuperuserConnectionString(), "select 1"));
    }

    [Fact]
    public async Task A_data_folder_in_use_is_refused_naming_the_process_and_may_be_attached_to()
    {
        await using var folder = new TestFolder();
        await using var owner = SecondHost.Start(folder);
        var server = await owner.ReadServerProcessIdAsync();

        var refused = await Assert.ThrowsAsync<DataFolderInUseException>(folder.StartAsync);
        Assert.Equal(owner.ProcessId, refused.Owner);
        Assert.Contains($"Process {owner.ProcessId} ", refused.Message, StringComparison.Ordinal);

        await using (var attached = await EmbeddedServer.AttachAsync(folder.Options(), Cancellation))
        {
            Assert.Equal(server, attached.ProcessId);
            Assert.Equal(1, await TestFolder.AskAsync(attached.SuperuserConnectionString(), "select 1"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => attached.StopAsync(Cancellation));
        }

        Assert.Equal(server, Postmaster.Find(new ServerFolder(folder.Path))?.ProcessId);
    }

    [Fact]
    public async Task Attaching_where_nothing_runs_says_so()
    {
        await using var folder = new TestFolder();
        var refused = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => EmbeddedServer.AttachAsync(folder.Options(attachTimeout: TimeSpan.Zero), Cancellation));
        Assert.Contains("No database server is running", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_killed_while_it_makes_the_data_folder_does_no_harm()
    {
        await using var folder = new TestFolder();
        using var signal = new TcpListener(IPAddress.Loopback, 0);
        signal.Start();
        var slow = folder.LinkPrograms("postgres", "pg_ctl");
        var initdb = Path.Combine(slow, "initdb");
        // Makes the whole data folder, then says that it is in the middle of it, and stays there.
        var port = ((IPEndPoint)signal.LocalEndpoint).Port;
        await File.WriteAllTextAsync(initdb,
            $"#!/bin/bash\n{PostgresBinaries.Find(null)}/initdb \"$@\" >&2\necho $$ > /dev/tcp/127.0.0.1/{port}\nexec sleep 600\n", Cancellation);
        File.SetUnixFileMode(initdb, (UnixFileMode)0b111_101_101);

        await using var killed = SecondHost.Start(folder, slow);
        using var connection = await signal.AcceptTcpClientAsync(Cancellation);
        using var reader = new StreamReader(connection.GetStream());
        folder.KillAtTheEnd(int.Parse((await reader.ReadLineAsync(Cancellation))!, CultureInfo.InvariantCulture));
        await killed.KillAsync();
        Assert.Single(Directory.GetDirectories(folder[""], "unfinished-*"));

        await using var server = await folder.StartAsync();
        Assert.Equal(1, await TestFolder.AskAsync(server.SuperuserConnectionString(), "select 1"));
        Assert.Empty(Directory.GetDirectories(folder[""], "unfinished-*"));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_and_keeps_what_was_committed()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        await TestFolder.AskAsync(server.SuperuserConnectionString(), "create table kept as select 42 as answer");
        var dead = server.ProcessId;
        await TestFolder.KillAsync(dead);

        await server.StartAgainAsync(Cancellation);
        Assert.NotEqual(dead, server.ProcessId);
        Assert.Equal(42, await TestFolder.AskAsync(server.SuperuserConnectionString(), "select answer from kept"));
    }

    [Fact]
    public async Task A_left_process_number_that_another_program_has_by_now_does_not_keep_the_server_from_starting()
    {
        await using var folder = new TestFolder();
        await using var server = await folder.StartAsync();
        // Of the server's own account: PostgreSQL takes only such a program for a running server.
        var status = await File.ReadAllLinesAsync($"/proc/{server.ProcessId}/status", Cancellation);
        var owner = status.Single(line => line.StartsWith("Uid", StringComparison.Ordinal)).Split('\t')[1];
        var pidFile = await File.ReadAllLinesAsync(folder["data/postmaster.pid"], Cancellation);
        await server.StopAsync(Cancellation);
        using var other = Environment.IsPrivilegedProcess
            ? Process.Start("setpriv", [$"--reuid={owner}", "--clear-groups", "sleep", "600"])
            : Process.Start("sleep", ["600"]);
        folder.KillAtTheEnd(other.Id);
        pidFile[0] = other.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(folder["data/postmaster.pid"], pidFile, Cancellation);

        await server.StartAgainAsync(Cancellation);
        Assert.NotEqual(other.Id, server.ProcessId);
        Assert.False(other.HasExited);
    }

    private static async Task SignalAsync(string signal, int pid)
    {
        using var kill = Process.Start("kill", [$"-{signal}", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
        Assert.Equal(0, kill.ExitCode);
    }
}
