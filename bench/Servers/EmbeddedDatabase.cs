using System.Globalization;
using Dapper;
using Npgsql;

namespace Portico.Bench.Servers;

/// <summary>The measured installation's own PostgreSQL, reached beside Portico: to prepare, to count and to compare.</summary>
internal sealed class EmbeddedDatabase(string dataFolder)
{
    private readonly string folder = Path.Combine(dataFolder, "postgres");

    public string Port => File.ReadAllText(Path.Combine(folder, "port")).Trim();

    public string Password => File.ReadAllText(Path.Combine(folder, "superuser-password"));

    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public async Task<int> ExecuteAsync(string database, string sql, object? parameters, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        return await connection.ExecuteAsync(new(sql, parameters, commandTimeout: 60, cancellationToken: cancellationToken));
    }

    public async Task<long> CountAsync(string database, string table, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new($"select count(*) from {table}", cancellationToken: cancellationToken));
    }

    /// <summary>The first column of every row.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string database, string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(database, cancellationToken);
        return (await connection.QueryAsync<string>(new(sql, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>A figure from a server that may lose what it confirmed would be worth nothing.</summary>
    public async Task RequireDurabilityAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync("postgres", cancellationToken);
        foreach (var setting in (string[])["fsync", "synchronous_commit", "full_page_writes"])
        {
            if (await connection.ExecuteScalarAsync<string>(new($"show {setting}", cancellationToken: cancellationToken)) != "on")
            {
                throw new InvalidOperationException($"The embedded PostgreSQL runs with {setting} off.");
            }
        }
    }

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = int.Parse(Port, CultureInfo.InvariantCulture),
        Database = database,
        Username = "postgres",
        Password = Password,
    }.ConnectionString;

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection($"{ConnectionString(database)};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
