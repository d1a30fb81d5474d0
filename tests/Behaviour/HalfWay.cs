using Dapper;
using Npgsql;

namespace Portico.Tests.Behaviour;

/// <summary>
/// Stops statements that change a row half-way, when the row is written and a unique index is not, until all that a test wants
/// to meet there have come. Otherwise they meet once in a million times.
/// </summary>
internal sealed class HalfWay : IAsyncDisposable
{
    private const int Barrier = 4711;
    private readonly NpgsqlConnection connection;

    private HalfWay(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<HalfWay> StopAsync(RunningPlatform platform, string module, string table, string uniqueIndex)
    {
        var connection = new NpgsqlConnection(platform.Databases[$"Modules:{module}:ConnectionString"]);
        await connection.OpenAsync();
        // Entries are made in the order in which the indexes were: the unique one anew, so that it comes after the barrier.
        await connection.ExecuteAsync(
            $"""
            create function wait_half_way(uuid) returns int language plpgsql immutable as
                'begin perform pg_advisory_xact_lock_shared({Barrier}); return 0; end';
            create index half_way on {table} (wait_half_way(id));
            do $$
            declare definition text := pg_get_indexdef('{uniqueIndex}'::regclass);
            begin
                drop index {uniqueIndex};
                execute definition;
            end $$;
            select pg_advisory_lock({Barrier});
            """);
        return new(connection);
    }

    /// <summary>Waits until so many stand still, there or on the way there, and lets them go on.</summary>
    public async Task GoOnAsync(int meeting)
    {
        await Eventually.TrueAsync(
            async () => await connection.QuerySingleAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == meeting,
            $"there are no {meeting} waiting half-way");
        await connection.ExecuteAsync($"select pg_advisory_unlock({Barrier})");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
