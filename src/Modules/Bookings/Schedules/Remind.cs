using Microsoft.Extensions.Options;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Schedules;
using Portico.Platform.Time;

namespace Portico.Bookings.Schedules;

/// <summary>Tells once of each booking that it is about to begin.</summary>
internal sealed class Remind(Database<BookingsModule> database, IOptions<BookingsOptions> options, TimeProvider time) : IScheduledJob
{
    public Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        return database.ForEachDueAsync(
            """
            bookings.status = 'confirmed' and bookings.starts_at > @now and bookings.starts_at <= @now + @RemindBefore
            and bookings.reminded_of is distinct from bookings.starts_at
            """,
            new { now, options.Value.RemindBefore },
            async (change, booking) =>
            {
                await change.ExecuteAsync("update bookings set reminded_of = starts_at where id = @Id", new { booking.Id }, cancellationToken);
                change.Publish(new BookingReminder(booking.Fact(), now));
                return true;
            },
            cancellationToken);
    }
}
