using System.Data.Common;
using Dapper;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>A numbered change of the floor, as far as anybody is told of it.</summary>
/// <param name="ToStatus">What the booking became.</param>
/// <param name="Lifted">Whether a block is over.</param>
/// <param name="FormerSpaceId">What it took before, as the other former ones; null when there was nothing before.</param>
internal sealed record FloorRow(
    long Seq, DateTimeOffset At, Guid LocationId, Guid SpaceId, Guid? DeskId, Guid? BookingId, Guid? MemberId, string? ToStatus, bool Lifted,
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset? HeldUntil, Guid? FormerSpaceId, Guid? FormerDeskId,
    DateTimeOffset? FormerStartsAt, DateTimeOffset? FormerEndsAt)
{
    public const string Columns =
        """
        floor.seq, floor.at, floor.location_id, floor.space_id, floor.desk_id, floor.booking_id, bookings.member_id, floor.to_status,
        blocks.lifted_at is not null as lifted, floor.starts_at, floor.ends_at, floor.held_until, former.space_id as former_space_id,
        former.desk_id as former_desk_id, former.starts_at as former_starts_at, former.ends_at as former_ends_at
        """;

    public const string Tables =
        """
        floor_changes as floor
        left join bookings on bookings.id = floor.booking_id
        left join blocks on blocks.id = floor.block_id
        left join lateral (
            select earlier.space_id, earlier.desk_id, earlier.starts_at, earlier.ends_at
            from floor_changes as earlier
            where earlier.booking_id = floor.booking_id and earlier.id < floor.id
            order by earlier.id desc limit 1) as former on true
        """;

    private const string Newer = $"select {Columns} from {Tables} where floor.seq > @after order by floor.seq limit @limit";

    /// <summary>
    /// What came after a change, in order. Numbers are given in commits that follow one another: what is not here yet has none
    /// that is lower.
    /// </summary>
    public static async Task<IReadOnlyList<FloorRow>> AfterAsync(DbConnection connection, long after, int limit, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<FloorRow>(new(Newer, new { after, limit }, cancellationToken: cancellationToken))).AsList();

    public static Task<IReadOnlyList<FloorRow>> AfterAsync(
        Database<BookingsModule> database, long after, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync<FloorRow>(Newer, new { after, limit }, cancellationToken);

    /// <summary>The newest ones, in order.</summary>
    public static async Task<IReadOnlyList<FloorRow>> LatestAsync(DbConnection connection, int limit, CancellationToken cancellationToken) =>
        (await connection.QueryAsync<FloorRow>(new(
            $"""
            select {Columns} from {Tables}
            where floor.seq in (select seq from floor_changes where seq is not null order by seq desc limit @limit)
            order by floor.seq
            """, new { limit }, cancellationToken: cancellationToken))).AsList();
}
