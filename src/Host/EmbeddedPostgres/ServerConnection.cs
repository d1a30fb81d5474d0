using System.Diagnostics;
using Npgsql;

namespace Portico.Host.EmbeddedPostgres;

internal static class ServerConnection
{
    public static NpgsqlConnectionStringBuilder To(int port, string database, string role, string password) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Database = database,
        Username = role,
        Password = password,
        // The server speaks neither, and asking costs a round trip at each connection.
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Timeout = 5,
    };

    /// <summary>Waits until the folder's server answers; null when no server is running, or none that answers in time.</summary>
    public static async Task<Postmaster?> WaitAsync(ServerFolder folder, TimeSpan patience, bool untilItRuns, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        do
        {
            var postmaster = Postmaster.Find(folder);
            if (postmaster is null && !untilItRuns)
            {
                return null;
            }

            if (postmaster is { Port: > 0 } && await AnswersAsync(folder, postmaster.Port, cancellationToken))
            {
                return postmaster;
            }

            // The server is no child of ours and tells nobody when it is ready: it has to be asked.
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }
        while (waiting.Elapsed < patience);
        return null;
    }

    public static async Task<string> ReadPasswordAsync(ServerFolder folder, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(folder.Password, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedServerException(
                $"The database server's password cannot be read from {folder.Password}. Run Portico as the account that made this data folder, "
                + "or restore the file from a backup.", e);
        }
    }

    private static async Task<bool> AnswersAsync(ServerFolder folder, int port, CancellationToken cancellationToken)
    {
        var connection = To(port, "postgres", "postgres", await ReadPasswordAsync(folder, cancellationToken));
        connection.Pooling = false;
        try
        {
            await using var opened = new NpgsqlConnection(connection.ConnectionString);
            await opened.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new EmbeddedServerException(
                $"The database server on port {port} does not take the password in {folder.Password}: restore that file.", e);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
