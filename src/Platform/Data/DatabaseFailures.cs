using System.Net.Sockets;
using Npgsql;

namespace Portico.Platform.Data;

/// <summary>Tells "the database cannot be reached" and "others came first" from "the database said no".</summary>
public static class DatabaseFailures
{
    /// <summary>The server is away, starting, stopping or full: worth trying again, and nobody's mistake.</summary>
    public static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException e => e.SqlState.StartsWith("08", StringComparison.Ordinal)
            || e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
                or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.QueryCanceled,
        NpgsqlException e => IsBrokenConnection(e) || e.InnerException is TimeoutException || e.IsTransient,
        _ => false,
    };

    /// <summary>
    /// The server gave this transaction up for the sake of others that ran at the same time: it is undone, and may be tried again.
    /// Also where a constraint had to decide what their locks should have: whoever tries again is told what is in the way.
    /// </summary>
    public static bool IsLostRace(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.ExclusionViolation,
    };

    /// <summary>The connection died under the command; another one may work.</summary>
    public static bool IsBrokenConnection(NpgsqlException exception) => exception switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        _ => exception.InnerException is IOException or SocketException,
    };
}
