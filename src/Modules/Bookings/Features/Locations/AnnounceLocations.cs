using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Locations;

/// <summary>
/// Tells every location and all of its staff anew, so that a copy elsewhere which a message never reached, or which was restored
/// from an old backup, is right again by the morning.
/// </summary>
internal sealed class AnnounceLocations(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await database.QueryAsync<Guid>("select id from locations order by id", null, cancellationToken))
        {
            await AnnounceAsync(id, cancellationToken);
        }
    }

    private async Task AnnounceAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        // Locked with its staff: whoever changes either tells so before this or after it, never in between.
        var location = await change.FindAsync<LocationRow>($"select {LocationRow.Columns} from locations where id = @id for update", new { id }, cancellationToken);
        var staff = await change.QueryAsync<StaffDuty>(
            "select account_id, duty, added_at as since from location_staff where location_id = @id order by account_id for update", new { id }, cancellationToken);
        var now = time.GetStoredNow();
        change.Publish(location!.ToFact(now));
        change.Publish(new LocationStaffListed(id, staff, now));
        await change.CommitAsync(cancellationToken);
    }
}
