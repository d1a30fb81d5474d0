using Npgsql;

namespace Portico.Platform.Data;

/// <summary>What can be told of a connection string without a database.</summary>
public static class ConnectionStrings
{
    /// <summary>What is wrong with it, in words that show none of it; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 } ? null : "It names no Host.";
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
