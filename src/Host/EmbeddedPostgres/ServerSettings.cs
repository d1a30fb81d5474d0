using System.Globalization;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>The server's <c>postgresql.conf</c>, written anew at each start.</summary>
internal static class ServerSettings
{
    public static async Task WriteAsync(ServerFolder folder, int port, EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            // A socket's path may have 107 characters: a deep data folder would keep the server from starting.
            ["unix_socket_directories"] = "",
            ["max_connections"] = options.MaxConnections.ToString(CultureInfo.InvariantCulture),
            ["shared_buffers"] = "128MB",
            // Its disk is not a spinning one, and short questions are not worth compiling.
            ["random_page_cost"] = "1.1",
            ["jit"] = "off",
            // A new installation's tables grow from nothing: until they are looked at every plan takes them for empty.
            ["autovacuum_naptime"] = "15s",
            ["password_encryption"] = "scram-sha-256",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["logging_collector"] = "on",
            ["log_directory"] = folder.Log,
            ["log_filename"] = "postgres-%a.log",
            ["log_rotation_age"] = "1d",
            ["log_rotation_size"] = "0",
            ["log_truncate_on_rotation"] = "on",
            ["log_line_prefix"] = "%m [%p] %q%u@%d ",
            // A refused statement is one line without the members' data that its detail and text would hold; Portico's own log has the rest.
            ["log_error_verbosity"] = "terse",
            ["log_min_error_statement"] = "panic",
        };
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        await File.WriteAllLinesAsync(
            folder.Configuration,
            ["# Written at each start of Portico; change it through Portico's setting EmbeddedPostgres:Settings.", .. settings.Select(Line)],
            cancellationToken);
        // The server's account has to read it, whatever the umask that root has.
        File.SetUnixFileMode(folder.Configuration, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    private static string Line(KeyValuePair<string, string> setting) =>
        $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'";
}
