using System.Diagnostics;
using System.Globalization;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>The running server of a data folder, by what it wrote in <c>postmaster.pid</c>.</summary>
internal sealed record Postmaster(int ProcessId, int Port, bool IsStopping)
{
    private const int PortLine = 3;
    private const int StateLine = 7;

    // Greater than any process id: see Disown.
    private const string NoProcess = "2147483647";

    public static Postmaster? Find(ServerFolder folder)
    {
        var lines = ReadPidFile(folder);
        return lines is [var first, ..] && int.TryParse(first, CultureInfo.InvariantCulture, out var pid) && IsServerOf(folder, pid)
            // A server that is just starting has not written all lines yet.
            ? new Postmaster(
                pid,
                int.TryParse(lines.ElementAtOrDefault(PortLine), CultureInfo.InvariantCulture, out var port) ? port : 0,
                lines.ElementAtOrDefault(StateLine)?.Trim() == "stopping")
            : null;
    }

    /// <summary>Names no process in a file left behind by a killed server, whose number another program may have by now.</summary>
    /// <remarks>
    /// PostgreSQL would refuse to start when such a program runs. The file is not deleted: its other lines let PostgreSQL see whether
    /// processes of the killed server still write to the data.
    /// </remarks>
    public static bool Disown(ServerFolder folder)
    {
        if (ReadPidFile(folder) is not [not NoProcess, .. var others])
        {
            return false;
        }

        var path = PidFile(folder);
        var rewritten = $"{path}.{Guid.CreateVersion7():N}";
        File.WriteAllLines(rewritten, [NoProcess, .. others]);
        File.Move(rewritten, path, overwrite: true);
        return true;
    }

    private static string PidFile(ServerFolder folder) => Path.Combine(folder.Data, "postmaster.pid");

    private static string[] ReadPidFile(ServerFolder folder)
    {
        try
        {
            return File.ReadAllLines(PidFile(folder));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EmbeddedServerException($"{folder.Root} cannot be read. Run Portico as the account that made this data folder.", e);
        }
    }

    private static bool IsServerOf(ServerFolder folder, int pid)
    {
        try
        {
            if (Directory.Exists("/proc/self"))
            {
                // Every account may read the command line, but in a container not even root the other links of a process.
                var command = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
                return Path.GetFileName(command[0]) == "postgres" && command.Contains(folder.Data);
            }

            using var process = Process.GetProcessById(pid);
            return process.ProcessName == "postgres";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
