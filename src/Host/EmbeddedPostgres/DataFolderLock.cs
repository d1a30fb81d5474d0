using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>Held by one process at a time; the system gives it up for a process that was killed.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly IReadOnlyList<FileStream> _files;

    private DataFolderLock(IReadOnlyList<FileStream> files) => _files = files;

    /// <summary>Takes all of these, or none.</summary>
    /// <exception cref="DataFolderInUseException">Another process, or another part of this one, holds one of them.</exception>
    public static DataFolderLock Take(string dataFolder, params IEnumerable<string> names)
    {
        List<FileStream> files = [];
        try
        {
            foreach (var name in names)
            {
                files.Add(Open(dataFolder, name));
            }

            return new DataFolderLock(files);
        }
        catch
        {
            files.ForEach(file => file.Dispose());
            throw;
        }
    }

    // The file stays: were it deleted, one process could hold the deleted file while another locks a new one.
    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private static FileStream Open(string dataFolder, string name)
    {
        var path = Path.Combine(Path.GetFullPath(dataFolder), $"{name}.lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            throw new DataFolderInUseException(path, ReadOwner(path));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedServerException(
                $"{path} cannot be written. Run Portico as the account that made this data folder, or choose another one with --data.", e);
        }

        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
        file.Flush();
        return file;
    }

    // .NET asks for a lock on every file it opens, so it cannot read this one while another process holds it.
    private static int? ReadOwner(string path)
    {
        using var cat = Process.Start(new ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var owner = cat.StandardOutput.ReadToEnd();
        cat.WaitForExit();
        return int.TryParse(owner, CultureInfo.InvariantCulture, out var pid) ? pid : null;
    }
}
