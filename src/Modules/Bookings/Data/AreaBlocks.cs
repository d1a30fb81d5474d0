using Portico.Platform.Data;

namespace Portico.Bookings.Data;

internal static class AreaBlocks
{
    /// <summary>Desks that come to a hot-desk area are blocked as it is. They have nothing ahead yet, and the area is locked.</summary>
    public static Task BlockWithAreaAsync(this Change change, Guid areaId, Guid[] desks, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into claims (unit_id, during, block_id)
            select desk, tstzrange(greatest(blocks.starts_at, @now), blocks.ends_at), blocks.id
            from blocks cross join unnest(@desks) as desk
            where blocks.space_id = @areaId and blocks.lifted_at is null and blocks.ends_at > @now
            """, new { areaId, desks, now }, cancellationToken);
}
