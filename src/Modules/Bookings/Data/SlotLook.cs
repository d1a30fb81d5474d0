using Dapper;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>What is known of a slot once its locks are held: nobody else can change it until the change ends.</summary>
/// <param name="Candidates">What would do: the space itself, or any desk of an area.</param>
/// <param name="InTheWay">What stands in their way, also what has lapsed.</param>
/// <param name="OthersWait">Whether somebody else has waited for it.</param>
internal sealed record SlotLook(IReadOnlyList<Guid> Candidates, IReadOnlyList<TakenTime> InTheWay, bool OthersWait);

internal static class SlotLooks
{
    /// <summary>
    /// What would do for <c>@asked</c>: the space itself, or any desk of an area. None of it when it, or a part of it, is not in
    /// service any more.
    /// </summary>
    public const string Candidates =
        """
        select taken.id
        from spaces as asked
        join spaces as taken on taken.id = asked.id and not @isArea or taken.area_id = asked.id and @isArea
        where asked.id = @asked and asked.status = 'active'
          and not exists (
            select from space_units join spaces as unit on unit.id = space_units.unit_id
            where space_units.space_id = taken.id and unit.status <> 'active' offset 0)
        order by taken.name, taken.id
        """;

    // One round trip: each statement waits for the locks of those before it and then sees what the others committed.
    private const string Statements =
        $"""
        {SpaceLocks.TakeOfAsked};
        {ServiceStock.TakeLocks};
        {Candidates};
        {Claims.InTheWayOfAsked};
        {WaitingSql.OthersWait};
        """;

    /// <summary>Takes the locks of a slot, in the order that everybody keeps: structure, units, amenities. Then looks.</summary>
    public static Task<SlotLook> LockAndLookAsync(
        this Change change, BookableSpace space, Guid[] amenities, DateTimeOffset startsAt, DateTimeOffset endsAt, Guid memberId, DateTimeOffset now,
        CancellationToken cancellationToken) => change.QueryBatchAsync(
            Statements,
            new
            {
                space.LocationId, asked = space.Id, spaceId = space.Id, isArea = space.IsArea, amenities, startsAt, endsAt,
                except = (Guid?)null, memberId, now,
            },
            ReadAsync, cancellationToken);

    private static async Task<SlotLook> ReadAsync(SqlMapper.GridReader answers)
    {
        // The locks answer nothing.
        for (var taken = 0; taken < 3; taken++)
        {
            await answers.ReadAsync<object>();
        }

        return new(
            (await answers.ReadAsync<Guid>()).AsList(), (await answers.ReadAsync<TakenTime>()).AsList(), await answers.ReadSingleAsync<bool>());
    }
}
