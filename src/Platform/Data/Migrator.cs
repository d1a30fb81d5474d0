using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Portico.Platform.Data;

/// <summary>A database whose schema is kept by numbered SQL files.</summary>
public interface IMigratedModule
{
    /// <summary>The module's name.</summary>
    string Module { get; }

    /// <summary>Applies what is missing and answers the names of what it applied. Several processes may call it at once.</summary>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Names of the files not yet applied.</summary>
    Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken);
}

internal sealed class MigratedModule<TModule>(ModuleDataSource<TModule> database) : IMigratedModule
{
    // Any constant will do: it only has to be the same in every process.
    private const long LockKey = 0x506F727469636F;

    // What the application may only read is in a schema of its own, with grants of its own.
    private const string Grants =
        """
        do $$
        begin
            execute format('grant select, insert, update, delete on all tables in schema public to %I', current_setting('portico.application'));
            execute format('grant usage, select, update on all sequences in schema public to %I', current_setting('portico.application'));
            execute format('grant execute on all functions in schema public to %I', current_setting('portico.application'));
        end $$
        """;

    public string Module => database.Module;

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.OwnersConnection();
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new("select pg_advisory_lock(@LockKey)", new { LockKey }, commandTimeout: 120, cancellationToken: cancellationToken));
        try
        {
            // For migrations that grant the application less than everything.
            await connection.ExecuteAsync(new("select set_config('portico.application', @role, false)", new { role = database.Role ?? "" }, cancellationToken: cancellationToken));
            var applied = await ApplyMissingAsync(connection, cancellationToken);
            if (database.HasOwner)
            {
                await connection.ExecuteAsync(new(Grants, cancellationToken: cancellationToken));
            }

            return applied;
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var known = await connection.ExecuteScalarAsync<bool>(new("select to_regclass('migrations') is not null", cancellationToken: cancellationToken));
        var applied = known ? await AppliedAsync(connection, cancellationToken) : [];
        return [.. Files().Select(file => file.Name).Where(name => !applied.ContainsKey(name))];
    }

    private static async Task<IReadOnlyList<string>> ApplyMissingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new(
            "create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())",
            cancellationToken: cancellationToken));
        var applied = await AppliedAsync(connection, cancellationToken);
        List<string> done = [];
        foreach (var file in Files())
        {
            if (applied.TryGetValue(file.Name, out var checksum))
            {
                if (checksum != file.Checksum)
                {
                    throw new InvalidOperationException($"Migration {file.Name} was changed after it was applied. Add a new one instead.");
                }

                continue;
            }

            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(new(file.Sql, transaction: transaction, commandTimeout: 600, cancellationToken: cancellationToken));
            await connection.ExecuteAsync(new(
                "insert into migrations (name, checksum) values (@Name, @Checksum)", file, transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            done.Add(file.Name);
        }

        return done;
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<(string Name, string Checksum)>(new("select name, checksum from migrations", cancellationToken: cancellationToken)))
        .ToDictionary(row => row.Name, row => row.Checksum);

    // The platform's own tables come first: every module's SQL may rely on them.
    private static IEnumerable<MigrationFile> Files() =>
        MigrationFile.In(typeof(MigratedModule<>).Assembly, "platform").Concat(MigrationFile.In(typeof(TModule).Assembly, "module"));
}

internal sealed record MigrationFile(string Name, string Sql, string Checksum)
{
    public static IEnumerable<MigrationFile> In(Assembly assembly, string owner) =>
        from resource in assembly.GetManifestResourceNames()
        where resource.EndsWith(".sql", StringComparison.Ordinal)
        orderby resource.Split('.')[^2]
        select Read(assembly, resource, $"{owner}/{resource.Split('.')[^2]}");

    private static MigrationFile Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd();
        return new(name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }
}
