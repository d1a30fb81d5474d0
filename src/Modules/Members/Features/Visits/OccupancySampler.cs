using System.Data.Common;
using Dapper;
using Portico.Platform.Data;

namespace Portico.Members.Features.Visits;

/// <summary>Counts who is in for the metrics, so that a scrape never waits for the database.</summary>
internal sealed class OccupancySampler(ModuleDataSource<MembersModule> database, VisitMeter meter) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try
            {
                await using var connection = await database.Source.OpenConnectionAsync(stoppingToken);
                meter.Counted(await connection.QueryAsync<(string, long)>(new(
                    """
                    select place.name, count(visit.id)
                    from locations as place
                    left join visits as visit on visit.location_id = place.id and visit.ended_at is null
                    group by place.id
                    """, cancellationToken: stoppingToken)));
            }
            catch (Exception e) when (e is DbException or TimeoutException)
            {
                // Readiness says that the database is away; a gauge nobody can read is left out of the scrape.
                meter.Counted([]);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
