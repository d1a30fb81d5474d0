using System.Diagnostics;
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

    public void Dispose()
    {
        if (DatabaseServer is { } left)
        {
            using var process = Process.GetProcessById(left);
            process.Kill();
            process.WaitForExit();
        }

        Directory.Delete(parent, recursive: true);
    }
}
