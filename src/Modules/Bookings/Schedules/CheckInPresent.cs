using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Schedules;

/// <summary>Whoever is in the house when their booking begins has come for it: the space shows as occupied from then on.</summary>
internal sealed class CheckInPresent(Database<BookingsModule> database, TimeProvider time) : IScheduledJob
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        return database.ForEachDueAsync(
            """
            bookings.status = 'confirmed' and bookings.starts_at <= @now and bookings.ends_at > @now
            and (bookings.member_id, bookings.location_id) in (select member_id, location_id from present)
            """,
            new { now },
            async (change, booking) =>
            {
                if (await change.FindVisitAsync(booking, cancellationToken) is not { } visit)
                {
                    // They have just left.
                    return false;
                }

                await change.CheckInAsync(booking, CheckInWay.Pass, null, visit, now, cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
