namespace Portico.Host.EmbeddedPostgres;

/// <summary>Where the embedded server's files are: <c>postgres</c> in the data folder.</summary>
internal sealed class ServerFolder(string dataFolder)
{
    private const long LargestLog = 16 * 1024 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.Combine(Path.GetFullPath(dataFolder), "postgres");
    public string Data => Path.Combine(Root, "data");
    public string Log => Path.Combine(Root, "log");
    public string StartLog => Path.Combine(Log, "start.log");
    public string Configuration => Path.Combine(Root, "postgresql.conf");
    public string Password => Path.Combine(Root, "superuser-password");
    public string Port => Path.Combine(Root, "port");
    public string RolePasswords => Path.Combine(Root, "roles.json");

    public bool Initialised => Directory.Exists(Data);

    public void Create()
    {
        if (!Directory.Exists(Root))
        {
            // The server's account may pass through the folder but not change it: what lies there is not its own to replace.
            Directory.CreateDirectory(Root);
            var passage = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(Root, Environment.IsPrivilegedProcess ? OwnerOnly | passage : OwnerOnly);
        }

        if (!Directory.Exists(Log))
        {
            Directory.CreateDirectory(Log, OwnerOnly);
        }
    }

    public string NewUnfinishedData()
    {
        var unfinished = Path.Combine(Root, $"unfinished-{Guid.CreateVersion7():N}");
        Directory.CreateDirectory(unfinished, OwnerOnly);
        return unfinished;
    }

    public void SweepUnfinishedData()
    {
        foreach (var unfinished in Directory.EnumerateDirectories(Root, "unfinished-*"))
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException)
            {
                // The initdb of a killed host may still be writing there; it goes at the next start.
            }
        }
    }

    // PostgreSQL truncates a weekday's file when the day comes round again, but only if it is running at that midnight.
    public void SweepLogs()
    {
        File.Delete(StartLog);
        foreach (var log in new DirectoryInfo(Log).EnumerateFiles("*.log").Where(file => file.Length > LargestLog))
        {
            log.Delete();
        }
    }

    public string LastWordsOfTheServer() => string.Join('\n', new DirectoryInfo(Log).EnumerateFiles("*.log")
        .OrderByDescending(file => file.LastWriteTimeUtc).Take(2)
        .SelectMany(file => File.ReadLines(file.FullName).TakeLast(8)));
}
