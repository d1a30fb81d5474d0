using System.Net.Sockets;
using Npgsql;

namespace Portico.Platform.Data;

/// <summary>Tells "the database cannot be reached" from "the database said no".</summary>
public static class DatabaseFailures
{
    /// <summary>The server is away, starting, stopping or full: worth trying again, and nobody's mistake.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException e => e.SqlState.StartsWith("08", StringComparison.Ordinal)
            || e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException e => IsBrokenConnection(e) || e.InnerException is TimeoutException || e.IsTransient,
        _ => false,
    };

    /// <summary>The connection died under the command; another one may work.</summary>
    public static bool IsBrokenConnection(NpgsqlException exception) => exception switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        _ => exception.InnerException is IOException or SocketException,
    };
}
