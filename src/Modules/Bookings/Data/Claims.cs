using Portico.Bookings.Domain.States;
using Portico.Platform.Data;

namespace Portico.Bookings.Data;

/// <summary>Somebody or something that takes a unit's time.</summary>
/// <param name="SpaceId">Which of the spaces asked about it is in the way of: a part's booking is in the way of the whole.</param>
/// <param name="StartsAt">The booking's or block's own time; <paramref name="ClaimedFrom"/> and <paramref name="ClaimedUntil"/> have its buffers too.</param>
internal sealed record TakenTime(
    Guid SpaceId, Guid UnitId, Guid? BookingId, Guid? MemberId, string? Status, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    DateTimeOffset ClaimedFrom, DateTimeOffset ClaimedUntil, DateTimeOffset? ExpiresAt)
{
    public bool IsBlock => BookingId is null;

    /// <summary>A hold, or anything else that nobody confirmed in time: it takes nothing any more.</summary>
    public bool HasLapsed(DateTimeOffset now) => ExpiresAt <= now;
}

/// <summary>
/// Whose time a unit's time is. Everything here but the questions wants the spaces' locks (<see cref="SpaceLocks"/>).
/// </summary>
internal static class Claims
{
    /// <summary>
    /// A booking's time from <c>@startsAt</c> to <c>@endsAt</c> with the buffers around it, for <c>unit</c> when <c>asked</c> is
    /// booked: the longer of the two's.
    /// </summary>
    public const string Span =
        """
        tstzrange(@startsAt::timestamptz - make_interval(mins => greatest(asked.buffer_before_minutes, unit.buffer_before_minutes)),
                  @endsAt::timestamptz + make_interval(mins => greatest(asked.buffer_after_minutes, unit.buffer_after_minutes)), '[)')
        """;

    /// <summary>Everything that stands in the way of a time in <c>@spaces</c>, when <c>@asked</c> is booked; <c>@except</c> a booking or null.</summary>
    private const string InTheWay = $"with needed as materialized ({Units} where space_units.space_id = any(@spaces)) {TakenOfNeeded}";

    /// <summary>The same of all that would do for <c>@asked</c>: of a hot-desk area, which <c>@isArea</c> says it is, its desks.</summary>
    public const string InTheWayOfAsked =
        $"""
        with needed as materialized (
            {Units} where space_units.space_id = @asked and not @isArea
            union all
            {Units} where space_units.space_id in (select id from spaces where area_id = @asked) and @isArea)
        {TakenOfNeeded}
        """;

    private const string Units =
        $"""
        select space_units.space_id, unit.id as unit_id, {Span} as span
        from space_units
        join spaces as unit on unit.id = space_units.unit_id
        join spaces as asked on asked.id = @asked
        """;

    // Unit by unit, so that the index answers for unit and time together, however much was booked before and whatever the statistics
    // say of it.
    private const string TakenOfNeeded =
        """
        select needed.space_id, needed.unit_id, claim.booking_id, booking.member_id, booking.status,
               coalesce(booking.starts_at, blocks.starts_at) as starts_at, coalesce(booking.ends_at, blocks.ends_at) as ends_at,
               lower(claim.during) as claimed_from, upper(claim.during) as claimed_until, booking.expires_at
        from needed
        cross join lateral (
            select during, booking_id, block_id from claims where claims.unit_id = needed.unit_id and claims.during && needed.span offset 0) as claim
        left join lateral (
            select member_id, status, starts_at, least(ends_at, ended_at) as ends_at, expires_at from bookings where bookings.id = claim.booking_id offset 0) as booking on true
        left join blocks on blocks.id = claim.block_id
        where claim.block_id is not null or claim.booking_id is distinct from @except::uuid
        order by claimed_from, needed.unit_id
        """;

    /// <summary>What stands in the way of a time: what has lapsed too.</summary>
    /// <param name="except">A booking that would give its time back for it.</param>
    public static Task<IReadOnlyList<TakenTime>> InTheWayAsync(
        this Change change, Guid asked, Guid[] spaces, DateTimeOffset startsAt, DateTimeOffset endsAt, Guid? except, CancellationToken cancellationToken) =>
        change.QueryAsync<TakenTime>(InTheWay, new { asked, spaces, startsAt, endsAt, except }, cancellationToken);

    /// <summary>
    /// Takes the time of the units of a booking, whose columns are its parameters. What somebody else has is refused by the
    /// constraint, whoever forgot to look.
    /// </summary>
    public const string Claim =
        $"""
        insert into claims (unit_id, during, booking_id)
        select unit.id, {Span}, @Id
        from space_units
        join spaces as unit on unit.id = space_units.unit_id
        join spaces as asked on asked.id = @SpaceId
        where space_units.space_id = @TakenId
        """;

    /// <summary>
    /// Lets those of the bookings lapse whose time is up: nobody waits for the clock's next round. In the order of ids, since
    /// others may do the same elsewhere in a whole that both are part of. Answers those that stay: their owners confirmed or
    /// extended them meanwhile.
    /// </summary>
    public static async Task<IReadOnlyList<BookingRow>> ExpireAsync(
        this Change change, IEnumerable<Guid> bookings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<BookingRow> kept = [];
        foreach (var id in bookings.Distinct().Order())
        {
            var booking = (await change.LockBookingAsync("bookings.id = @id", new { id }, cancellationToken))!;
            if (booking.HasLapsed(now))
            {
                await change.ExpireAsync(booking, now, cancellationToken);
            }
            else if (booking.State.IsBlocking())
            {
                kept.Add(booking);
            }
        }

        return kept;
    }

    /// <summary>What of it is still in the way once everything has lapsed whose time is up.</summary>
    public static async Task<List<TakenTime>> LetLapseAsync(
        this Change change, IReadOnlyList<TakenTime> inTheWay, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = inTheWay.Where(time => time.HasLapsed(now)).Select(time => time.BookingId!.Value);
        var kept = (await change.ExpireAsync(due, now, cancellationToken)).ToDictionary(booking => booking.Id);
        return
        [
            .. from time in inTheWay
               let booking = kept.GetValueOrDefault(time.BookingId ?? Guid.Empty)
               where booking is not null || !time.HasLapsed(now)
               select booking is null ? time : time with { Status = booking.Status, ExpiresAt = booking.ExpiresAt },
        ];
    }

    /// <summary>Lets a booking lapse whose time is up; the caller has locked and looked at it.</summary>
    public static async Task ExpireAsync(this Change change, BookingRow lapsed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = await change.StepAsync(lapsed, new(BookingAct.Expire, null, null, now), null, cancellationToken)
            ?? throw new InvalidOperationException($"{lapsed.Id} has lapsed as {lapsed.Status}, which cannot expire.");
        await Credits.GiveBackAsync(change, lapsed.Id, lapsed.CreditHours, null, now, cancellationToken);
        change.Publish(new Contracts.Bookings.BookingExpired(expired.Fact(), lapsed.Status, now));
    }
}
