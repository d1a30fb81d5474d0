using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>
/// The queue of those who want the same time. Without it racing inserts would settle inside the exclusion constraint by
/// deadlock, after seconds; with it they come one after the other and the constraint only has to be right.
/// </summary>
/// <remarks>
/// One lock per unit, taken in the order of their keys; the desks of an area share the area's, so that whoever takes any
/// of them queues with whoever takes this one. What a space consists of may not change while its time is given away: that
/// is the location's lock, shared by bookings and taken alone by changes of structure, always before the others.
/// </remarks>
internal static class SpaceLocks
{
    private const string Structure = "select pg_advisory_xact_lock_shared(hashtextextended('structure ' || @locationId::uuid, 0))";

    private const string Keys =
        """
        select distinct hashtextextended('unit ' || coalesce(unit.area_id, unit.id), 0) as key
        from space_units join spaces as unit on unit.id = space_units.unit_id
        """;

    /// <summary>Two statements that take the locks of one space; they take <c>@locationId</c> and <c>@asked</c>.</summary>
    public const string TakeOfAsked =
        $"""
        {Structure};
        select pg_advisory_xact_lock(key) from ({Keys} where space_units.space_id = @asked order by key) as sorted
        """;

    private const string Take =
        $"""
        {Structure};
        select pg_advisory_xact_lock(key) from ({Keys} where space_units.space_id = any(@spaces) order by key) as sorted
        """;

    /// <summary>Waits until nobody else gives away time of these spaces, of one location, or changes what they consist of.</summary>
    public static Task LockAsync(this Change change, Guid locationId, Guid[] spaces, CancellationToken cancellationToken) =>
        change.ExecuteAsync(Take, new { locationId, spaces }, cancellationToken);

    /// <summary>Waits until nobody gives away time at the location, and keeps them waiting: for changes of what spaces consist of.</summary>
    public static Task LockStructureAsync(this Change change, Guid locationId, CancellationToken cancellationToken) => change.ExecuteAsync(
        "select pg_advisory_xact_lock(hashtextextended('structure ' || @locationId::uuid, 0))", new { locationId }, cancellationToken);
}
