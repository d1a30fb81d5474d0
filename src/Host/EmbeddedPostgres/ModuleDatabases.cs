using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Portico.Host.EmbeddedPostgres;

/// <summary>One database and one login role per module, and a role that only reads the directory of accounts.</summary>
internal static partial class ModuleDatabases
{
    private const string Directory = "directory";
    private const string DirectoryDatabase = "portico_auth";

    // Processes of one data folder make databases one after the other. The number only has to be the same in all of them.
    private const long Lock = 7_067_842_001;

    public static async Task<ModuleConnections> CreateAsync(
        EmbeddedServer server, IReadOnlyCollection<string> modules, IReadOnlyCollection<string> withOwner, CancellationToken cancellationToken)
    {
        if (modules.FirstOrDefault(module => module == Directory || !ModuleName.IsMatch(module)) is { } wrong)
        {
            throw new ArgumentException($"\"{wrong}\" cannot name a module's database.", nameof(modules));
        }

        var once = new NpgsqlConnectionStringBuilder(server.SuperuserConnectionString()) { Pooling = false };
        await using var postgres = new NpgsqlConnection(once.ConnectionString);
        await postgres.OpenAsync(cancellationToken);
        // Given back when the connection closes, so also by a process that dies here.
        await ExecuteAsync(postgres, "select pg_advisory_lock(@Lock)", new { Lock }, cancellationToken);

        IReadOnlyList<string> names = [.. modules, .. withOwner.Select(Owner), Directory];
        var passwords = await RolePasswords.KeepAsync(new ServerFolder(server.DataFolder).RolePasswords, names, cancellationToken);
        await ExecuteAsync(postgres, EnsureRole, null, cancellationToken);
        foreach (var name in names)
        {
            var role = new { name = Role(name), password = passwords[name] };
            await ExecuteAsync(postgres, "select pg_temp.ensure_role(@name, @password)", role, cancellationToken);
        }

        foreach (var module in modules)
        {
            await EnsureDatabaseAsync(postgres, Role(module), Role(withOwner.Contains(module) ? Owner(module) : module), cancellationToken);
        }

        await LetDirectoryReadAsync(postgres, cancellationToken);
        return new ModuleConnections(
            modules.ToDictionary(module => module, module => Connection(server, Role(module), module, passwords[module])),
            withOwner.ToDictionary(module => module, module => Connection(server, Role(module), Owner(module), passwords[Owner(module)])),
            Connection(server, DirectoryDatabase, Directory, passwords[Directory]));
    }

    // A function, so that the password travels as a parameter: the text of a statement ends up in traces and logs.
    private const string EnsureRole =
        """
        create or replace function pg_temp.ensure_role(role_name text, role_password text) returns void language plpgsql as $$
        begin
            if not exists (select from pg_roles where rolname = role_name) then
                execute format('create role %I', role_name);
            end if;
            execute format('alter role %I login password %L', role_name, role_password);
        end $$
        """;

    private static async Task EnsureDatabaseAsync(NpgsqlConnection postgres, string name, string owner, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(postgres, name, cancellationToken))
        {
            await ExecuteAsync(postgres, $"create database {name} owner {owner}", null, cancellationToken);
        }

        await ExecuteAsync(postgres, $"revoke all on database {name} from public", null, cancellationToken);
        if (owner != name)
        {
            await ExecuteAsync(postgres, $"grant connect on database {name} to {name}", null, cancellationToken);
        }
    }

    // What it may read there is for the Auth module's migrations to say.
    private static async Task LetDirectoryReadAsync(NpgsqlConnection postgres, CancellationToken cancellationToken)
    {
        await ExecuteAsync(postgres, $"alter role {Role(Directory)} set default_transaction_read_only = on", null, cancellationToken);
        if (await ExistsAsync(postgres, DirectoryDatabase, cancellationToken))
        {
            await ExecuteAsync(postgres, $"grant connect on database {DirectoryDatabase} to {Role(Directory)}", null, cancellationToken);
        }
    }

    private static Task<bool> ExistsAsync(NpgsqlConnection postgres, string database, CancellationToken cancellationToken) =>
        postgres.ExecuteScalarAsync<bool>(new(
            "select exists (select from pg_database where datname = @database)", new { database }, cancellationToken: cancellationToken));

    private static Task<int> ExecuteAsync(NpgsqlConnection postgres, string sql, object? parameters, CancellationToken cancellationToken) =>
        postgres.ExecuteAsync(new(sql, parameters, cancellationToken: cancellationToken));

    private static string Connection(EmbeddedServer server, string database, string name, string password) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString(database, Role(name), password))
        {
            MaxPoolSize = 50,
            Timeout = 5,
            CommandTimeout = 15,
            KeepAlive = 30,
            ApplicationName = $"portico-{name}",
        }.ConnectionString;

    private static string Owner(string module) => $"{module}_owner";

    private static string Role(string name) => $"portico_{name}";

    // Names become part of SQL statements that take no parameters.
    [GeneratedRegex("^[a-z][a-z0-9_]{0,40}$")]
    private static partial Regex ModuleName { get; }
}
