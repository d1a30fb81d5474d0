using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Plans;

/// <summary>Tells of plans that were given before anybody was told of them, once each.</summary>
internal sealed class AnnouncePlans(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    private const int AtOnce = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await database.QueryAsync<Guid>(
            """
            select coalesce(held.member_id, told.member_id) from held_plans as held full join plans_told as told on told.member_id = held.member_id
            where held.plan_id is distinct from told.plan_id limit @AtOnce
            """, new { AtOnce }, cancellationToken) is { Count: > 0 } untold)
        {
            await using var change = await database.BeginAsync(cancellationToken);
            await change.TellPlansAsync([.. untold], time.GetStoredNow(), cancellationToken, sinceLong: true);
            await change.CommitAsync(cancellationToken);
        }
    }
}
