using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using Portico.Host.EmbeddedPostgres;

namespace Portico.Tests;

/// <summary>A data folder for processes of Portico. What still runs in it at the end is killed.</summary>
public sealed class ProcessFolder : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("portico-process-").FullName;

    /// <summary>Not there yet: the first start makes it.</summary>
    public string Path => System.IO.Path.Combine(parent, ".portico");

    /// <summary>The process id of the folder's database server; null when none runs.</summary>
    public int? DatabaseServer => Postmaster.Find(new ServerFolder(Path))?.ProcessId;

    /// <summary>All processes that were told of this folder, by their command lines.</summary>
    public IReadOnlyDictionary<int, string> Processes =>
        (from process in Directory.EnumerateDirectories("/proc")
         let id = int.TryParse(System.IO.Path.GetFileName(process), CultureInfo.InvariantCulture, out var number) ? number : 0
         where id > 0
         let command = CommandOf(id)
         where command.Contains(Path, StringComparison.Ordinal)
         select (id, command)).ToDictionary();

    /// <summary><c>kill -9</c> of the folder's database server, when one runs.</summary>
    public void KillDatabaseServer()
    {
        if (DatabaseServer is { } running)
        {
            Kill(running);
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
        foreach (var left in Processes.Keys)
        {
            Kill(left);
        }

        Directory.Delete(parent, recursive: true);
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // Gone meanwhile.
        }
    }

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile.
            return "";
        }
    }
}
