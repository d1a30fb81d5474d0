using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests.Modules.EmbeddedPostgres;

/// <summary>A data folder of its own for a test. What still runs in it when the test ends is killed.</summary>
internal sealed class TestFolder : IAsyncDisposable
{
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Closed = (UnixFileMode)0b111_000_000;

    private readonly List<int> _toKill = [];
    private readonly string _parent = Directory.CreateTempSubdirectory("portico-test-").FullName;

    public TestFolder(bool closed = false) => File.SetUnixFileMode(_parent, closed ? Closed : Open);

    public string Path => System.IO.Path.Combine(_parent, ".portico");

    public string this[string file] => System.IO.Path.Combine(Path, "postgres", file);

    public EmbeddedServerOptions Options(string? binFolder = null, TimeSpan? attachTimeout = null) => new()
    {
        DataFolder = Path,
        BinFolder = binFolder,
        Settings = new() { ["fsync"] = "off", ["shared_buffers"] = "16MB" },
        AttachTimeout = attachTimeout ?? TimeSpan.FromSeconds(30),
    };

    public Task<EmbeddedServer> StartAsync() => StartAsync(Options());

    public static Task<EmbeddedServer> StartAsync(EmbeddedServerOptions options) =>
        EmbeddedServer.StartAsync(options, NullLogger.Instance, TestContext.Current.CancellationToken);

    /// <summary>A folder of links to the server's programs, beside the data folder.</summary>
    public string LinkPrograms(params string[] programs)
    {
        var links = Directory.CreateDirectory(System.IO.Path.Combine(_parent, "bin")).FullName;
        foreach (var program in programs)
        {
            File.CreateSymbolicLink(System.IO.Path.Combine(links, program), System.IO.Path.Combine(PostgresBinaries.Find(null), program));
        }

        return links;
    }

    public void KillAtTheEnd(int pid) => _toKill.Add(pid);

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (Postmaster.Find(new ServerFolder(Path)) is { } running)
        {
            _toKill.Add(running.ProcessId);
        }

        foreach (var pid in _toKill)
        {
            await KillAsync(pid);
        }

        Directory.Delete(_parent, recursive: true);
    }

    public static async Task KillAsync(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
