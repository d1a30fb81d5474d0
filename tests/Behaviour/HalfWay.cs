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

    // Entries are made in the order in which the indexes were: the unique one anew, so that it comes after the barrier.
    public static Task<HalfWay> StopAsync(RunningPlatform platform, string module, string table, string uniqueIndex) => StopAsync(
        platform, module,
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
        """);

    /// <summary>Before the row is written, once its statement has found it.</summary>
    public static Task<HalfWay> StopUpdatesAsync(RunningPlatform platform, string module, string table) => StopAsync(
        platform, module,
        $"""
        create function wait_half_way() returns trigger language plpgsql as
            'begin perform pg_advisory_xact_lock_shared({Barrier}); return new; end';
        create trigger half_way before update on {table} for each row execute function wait_half_way();
        """);

    /// <summary>Waits until so many stand still, there or on the way there.</summary>
    public Task WaitForAsync(int meeting) => Eventually.TrueAsync(
        async () => await connection.QuerySingleAsync<long>(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == meeting,
        $"there are no {meeting} waiting half-way");

    /// <summary>Waits until so many stand still, and lets them go on.</summary>
    public async Task GoOnAsync(int meeting)
    {
        await WaitForAsync(meeting);
        await connection.ExecuteAsync($"select pg_advisory_unlock({Barrier})");
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<HalfWay> StopAsync(RunningPlatform platform, string module, string barrier)
    {
        var connection = new NpgsqlConnection(platform.Databases[$"Modules:{module}:ConnectionString"]);
        await connection.OpenAsync();
        await connection.ExecuteAsync($"{barrier} select pg_advisory_lock({Barrier})");
        return new(connection);
    }
}
