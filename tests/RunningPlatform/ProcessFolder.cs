using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests;

/// <summary>A data folder for processes of Portico. A database server that still runs in it at the end is killed.</summary>
public sealed class ProcessFolder : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("portico-process-").FullName;

    /// <summary>Not there yet: the first start makes it.</summary>
    public string Path => System.IO.Path.Combine(parent, ".portico");

    /// <summary>The process id of the folder's database server; null when none runs.</summary>
    public int? DatabaseServer => Postmaster.Find(new ServerFolder(Path))?.ProcessId;

    /// <summary>The command lines of all processes that were told of this folder.</summary>
    public IReadOnlyList<string> Processes =>
    [
        .. from process in Directory.EnumerateDirectories("/proc")
           where int.TryParse(System.IO.Path.GetFileName(process), CultureInfo.InvariantCulture, out _)
           let command = CommandOf(process)
           where command.Contains(Path, StringComparison.Ordinal)
           select command,
    ];

    /// <summary><c>kill -9</c> of the folder's database server, when one runs.</summary>
    public void KillDatabaseServer()
    {
        if (DatabaseServer is { } running)
        {
            using var process = Process.GetProcessById(running);
            process.Kill();
            process.WaitForExit();
        }
    }

    /// <summary>Looks into a module's database beside the running process.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string module, string sql)
    {
        await using var server = await EmbeddedServer.AttachAsync(new() { DataFolder = Path }, CancellationToken.None);
        // No pool: its connections would outlive the server when that is killed.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.SuperuserConnectionString($"portico_{module}")) { Pooling = false }.ConnectionString);
        return (await connection.QueryAsync<T>(sql)).AsList();
    }

    public void Dispose()
    {
        KillDatabaseServer();
        Directory.Delete(parent, recursive: true);
    }

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline").Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile.
            return "";
        }
    }
}
