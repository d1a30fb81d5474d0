using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.States;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What somebody wants, found to be within the rules.</summary>
/// <param name="Prices">Of the services, by what was ordered.</param>
/// <param name="By">Who asks; null when the waiting list does.</param>
/// <param name="Reason">Of staff who book against the rules.</param>
internal sealed record Wish(
    BookableSpace Space, Guid MemberId, Payer Payer, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int People, string? Note,
    IReadOnlyList<OrderedService> Services, IReadOnlyList<ChosenService> Prices, Guid? By, string? Reason, bool BookedByStaff)
{
    /// <summary>What the rules of the space and the house say against it; others' bookings are not looked at.</summary>
    public IReadOnlyList<Refusal> Refusals(DateTimeOffset now, bool startIsNew = true) => BookingRules.Check(
        new(new(StartsAt, EndsAt), People, startIsNew), new(BookedByStaff, Payer.PlanId, Reason), now, Space.Rules, Space.Calendar);

    public Guid? SeriesId { get; init; }

    public DateOnly? Occurrence { get; init; }

    /// <summary>Whose hours it may use: those of the month in which it begins, by the location's calendar.</summary>
    public DateOnly CreditMonth => Domain.Prices.CreditMonth.Of(StartsAt, Space.PricePlace.Zone);
}

/// <summary>What became of it: a booking, or what was in its way, and then nothing of it was written.</summary>
/// <param name="LineFirst">It is free, but others have waited for it: they are to be served before it is asked for again.</param>
internal sealed record Placement(
    BookingRow? Booking, IReadOnlyList<TakenTime> InTheWay, Shortage? Shortage = null, bool LineFirst = false);

/// <summary>Whether those who wait for a time come before whoever asks for it now.</summary>
internal enum Line
{
    ComesFirst,

    /// <summary>They had their turn, and whoever still waits could not be given what they wait for.</summary>
    WasServed,
}

/// <summary>
/// Gives a slot away: the one place where a booking begins. First all locks, in an order that everybody keeps (structure,
/// units, amenities), then what has lapsed is let go, then the slot is looked at, then taken.
/// </summary>
internal static class Placing
{
    public static async Task<Placement> PlaceAsync(
        this Change change, Wish wish, DateTimeOffset now, DateTimeOffset until, Line line, CancellationToken cancellationToken)
    {
        var space = wish.Space;
        var (candidates, inTheWay, othersWait) = await change.LockAndLookAsync(
            space, [.. wish.Services.Select(service => service.AmenityId)], wish.StartsAt, wish.EndsAt, wish.MemberId, now, cancellationToken);
        var taken = await change.LetLapseAsync(inTheWay, now, cancellationToken);
        if (candidates.FirstOrDefault(candidate => taken.TrueForAll(time => time.SpaceId != candidate)) is var chosen && chosen == Guid.Empty)
        {
            return new(null, taken);
        }

        if (line is Line.ComesFirst && othersWait)
        {
            return new(null, [], LineFirst: true);
        }

        if (await change.ShortageAsync(wish.Services, wish.StartsAt, wish.EndsAt, null, now, cancellationToken) is { } shortage)
        {
            return new(null, [], shortage);
        }

        var quote = await change.QuoteAsync(wish, 0, now, cancellationToken);
        var booking = BookingOf(wish, chosen, quote, now, until) with { DeskName = await change.DeskNameAsync(space, chosen, cancellationToken) };
        await change.InsertAsync(booking, wish, now, cancellationToken);
        await Credits.UseAsync(change, wish.Payer, wish.CreditMonth, quote.CreditHoursUsed, booking.Id, wish.By, now, cancellationToken);
        await change.OrderAsync(booking, wish.Services, cancellationToken);
        return new(booking, []);
    }

    /// <summary>Whether it could be had now, as far as others go.</summary>
    public static async Task<bool> IsFreeAsync(this Change change, Wish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var candidates = await change.CandidatesAsync(wish.Space.Id, wish.Space.IsArea, cancellationToken);
        var inTheWay = await change.InTheWayAsync(wish.Space.Id, candidates, wish.StartsAt, wish.EndsAt, null, cancellationToken);
        return candidates.Any(candidate => inTheWay.All(time => time.SpaceId != candidate || time.HasLapsed(now)));
    }

    /// <summary>What would do: the space itself, or any desk of an area.</summary>
    public static async Task<Guid[]> CandidatesAsync(this Change change, Guid asked, bool isArea, CancellationToken cancellationToken) =>
        [.. await change.QueryAsync<Guid>(SlotLooks.Candidates, new { asked, isArea }, cancellationToken)];

    private static async Task<string?> DeskNameAsync(this Change change, BookableSpace space, Guid chosen, CancellationToken cancellationToken) =>
        space.IsArea ? await change.FindAsync<string>("select name from spaces where id = @chosen", new { chosen }, cancellationToken) : null;

    /// <summary>What the wish costs, with the payer's hours as they are now. Nobody else uses these until the change ends.</summary>
    /// <param name="usedAlready">Hours of the same month that the booking has, where it is changed.</param>
    public static async Task<Quote> QuoteAsync(this Change change, Wish wish, decimal usedAlready, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hours = wish.Payer.MayHaveCredits
            ? await Credits.BalanceAsync(change, wish.Payer, wish.CreditMonth, now, cancellationToken)
            : 0;
        return Pricing.Of(
            wish.StartsAt, wish.EndsAt, StoredJson.Read<PriceRules>(wish.Space.Prices), wish.Prices, wish.Space.PricePlace,
            wish.Payer.WithCredits(hours + usedAlready));
    }

    private static BookingRow BookingOf(Wish wish, Guid chosen, Quote quote, DateTimeOffset now, DateTimeOffset until)
    {
        var space = wish.Space;
        return new(
            Guid.CreateVersion7(now), space.Id, space.IsArea ? chosen : null, space.LocationId, wish.MemberId, wish.StartsAt, wish.EndsAt,
            BookingStatus.Held.Word(), until, false, wish.People, wish.Note, StoredJson.Write(quote), quote.Total, 0, quote.Currency,
            space.Cancellation, null, quote.CreditHoursUsed, 0, wish.SeriesId, wish.Occurrence, null, null, null, now, space.Name, null,
            space.LocationName, space.TimeZone, space.NeedsApproval, space.ReleaseAfterMinutes);
    }

    private static Task InsertAsync(this Change change, BookingRow booking, Wish wish, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.WriteAsync(
            $"""
            insert into bookings (
                id, space_id, desk_id, location_id, member_id, starts_at, ends_at, status, expires_at, people, note, quote, total, currency,
                cancellation, credit_hours, series_id, occurrence, created_at)
            values (
                @Id, @SpaceId, @DeskId, @LocationId, @MemberId, @StartsAt, @EndsAt, @Status, @ExpiresAt, @People, @Note, @Quote::jsonb, @Total,
                @Currency, @Cancellation::jsonb, @CreditHours, @SeriesId, @Occurrence, @CreatedAt);
            {Claims.Claim};
            {FloorChange.Insert}
            """, FloorChange.Of(null, booking, new(BookingAct.Hold, wish.By, wish.Reason, now)), cancellationToken);
}
