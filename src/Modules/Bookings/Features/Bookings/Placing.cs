using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What somebody wants, found to be within the rules.</summary>
/// <param name="Prices">Of the services, by what was ordered.</param>
/// <param name="By">Who asks; null when the waiting list does.</param>
/// <param name="Reason">Of staff who book against the rules.</param>
internal sealed record Wish(
    BookableSpace Space, Guid MemberId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int People, string? Note,
    IReadOnlyList<OrderedService> Services, IReadOnlyList<ChosenService> Prices, Guid? By, string? Reason)
{
    public Guid? SeriesId { get; init; }

    public DateOnly? Occurrence { get; init; }
}

/// <summary>What became of it: a booking, or what was in its way.</summary>
internal sealed record Placement(BookingRow? Booking, IReadOnlyList<TakenTime> InTheWay, Shortage? Shortage = null)
{
    public static Placement Taken(IReadOnlyList<TakenTime> inTheWay) => new(null, inTheWay);
}

/// <summary>
/// Gives a slot away: the one place where a booking begins. First all locks, in an order that everybody keeps (structure,
/// units, amenities), then what has lapsed is let go, then the slot is looked at, then taken.
/// </summary>
internal static class Placing
{
    public static async Task<Placement> PlaceAsync(
        this Change change, Wish wish, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var space = wish.Space;
        await change.LockAsync(space.LocationId, [space.Id], cancellationToken);
        await change.LockAsync([.. wish.Services.Select(service => service.AmenityId)], cancellationToken);
        var candidates = await change.CandidatesAsync(space, cancellationToken);
        var inTheWay = await change.InTheWayAsync(space.Id, candidates, wish.StartsAt, wish.EndsAt, null, cancellationToken);
        await change.ExpireAsync(inTheWay.Where(time => time.HasLapsed(now)).Select(time => time.BookingId!.Value), now, cancellationToken);
        var taken = inTheWay.Where(time => !time.HasLapsed(now)).ToList();
        if (candidates.FirstOrDefault(candidate => taken.TrueForAll(time => time.SpaceId != candidate)) is var chosen && chosen == Guid.Empty)
        {
            return Placement.Taken(taken);
        }

        var booking = BookingOf(wish, chosen, now, until) with
        {
            DeskName = space.IsArea ? await change.FindAsync<string>("select name from spaces where id = @chosen", new { chosen }, cancellationToken) : null,
        };
        await change.InsertAsync(booking, wish, now, cancellationToken);
        var shortage = await change.OrderAsync(booking, wish.Services, now, cancellationToken);
        return new(booking, [], shortage);
    }

    /// <summary>What would do: the space itself, or any desk of an area. None of it when it, or a part of it, is not in service any more.</summary>
    private static async Task<Guid[]> CandidatesAsync(this Change change, BookableSpace space, CancellationToken cancellationToken) =>
    [
        .. await change.QueryAsync<Guid>(
            """
            select taken.id from spaces as taken
            join spaces as asked on asked.id = @Id and asked.status = 'active'
            where (taken.area_id = @Id or taken.id = @Id and not @IsArea)
              and not exists (
                select from space_units join spaces as unit on unit.id = space_units.unit_id
                where space_units.space_id = taken.id and unit.status <> 'active')
            order by taken.name, taken.id
            """, new { space.Id, space.IsArea }, cancellationToken),
    ];

    private static BookingRow BookingOf(Wish wish, Guid chosen, DateTimeOffset now, DateTimeOffset until)
    {
        var space = wish.Space;
        var place = new PricePlace(TimeZoneInfo.FindSystemTimeZoneById(space.TimeZone), space.Currency, space.TaxPercent, space.PricesIncludeTax);
        var quote = Pricing.Of(
            wish.StartsAt, wish.EndsAt, StoredJson.Read<PriceRules>(space.Prices), wish.Prices, place, PricePayer.WithoutPlan);
        return new(
            Guid.CreateVersion7(now), space.Id, space.IsArea ? chosen : null, space.LocationId, wish.MemberId, wish.StartsAt, wish.EndsAt,
            BookingStatus.Held.Word(), until, false, wish.People, wish.Note, StoredJson.Write(quote), quote.Total, 0, quote.Currency,
            space.Cancellation, null, quote.CreditHoursUsed, 0, wish.SeriesId, wish.Occurrence, null, null, null, now, space.Name, null,
            space.LocationName, space.TimeZone, space.NeedsApproval, space.ReleaseAfterMinutes);
    }

    private static Task<int> InsertAsync(this Change change, BookingRow booking, Wish wish, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            $"""
            insert into bookings (
                id, space_id, desk_id, location_id, member_id, starts_at, ends_at, status, expires_at, people, note, quote, total, currency,
                cancellation, credit_hours, series_id, occurrence, created_at)
            values (
                @Id, @SpaceId, @DeskId, @LocationId, @MemberId, @StartsAt, @EndsAt, @Status, @ExpiresAt, @People, @Note, @Quote::jsonb, @Total,
                @Currency, @Cancellation::jsonb, @CreditHours, @SeriesId, @Occurrence, @CreatedAt);
            {Claims.Claim};
            {FloorChange.Insert};
            """, FloorChange.Of(null, booking, new(BookingAct.Hold, wish.By, wish.Reason, now)), cancellationToken);
}
