using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Messages;

internal sealed class CopyLocation : IHandleEvent<LocationChanged>
{
    public Task HandleAsync(LocationChanged fact, Change change, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into locations (id, name, time_zone, closes_at, retired) values (@LocationId, @Name, @TimeZone, @ClosesAt, @Retired)
            on conflict (id) do update
            set name = excluded.name, time_zone = excluded.time_zone, closes_at = excluded.closes_at, retired = excluded.retired
            """, fact, cancellationToken);
}
