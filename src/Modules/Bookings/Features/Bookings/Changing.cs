using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What became of a change: the booking as it is now, or what was in its way, and then nothing of it was written.</summary>
/// <param name="Before">The booking as it was when nobody else could touch it any more.</param>
/// <param name="LineFirst">It is free, but others have waited for it: they are to be served before it is asked for again.</param>
internal sealed record Changed(
    BookingRow Before, BookingRow? After, IReadOnlyList<TakenTime> InTheWay, Shortage? Shortage = null, ProblemHttpResult? Refusal = null,
    bool LineFirst = false);

/// <summary>
/// Gives a booking another time, space or services. The old slot is given up and the new one taken in one step: whoever
/// wants either waits for the same locks.
/// </summary>
internal static class Changing
{
    /// <summary>Null when the booking stands otherwise by now than <paramref name="seen"/>, and then nothing was written.</summary>
    public static async Task<Changed?> ChangeAsync(
        this Change change, BookingRow seen, Wish wish, Line line, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (ChangeRules.RefuseSpace(seen, wish) is { } unagreed)
        {
            return new(seen, null, [], Refusal: unagreed);
        }

        var ordered = await change.OrderedAsync(seen.Id, cancellationToken);
        await change.LockAsync(wish.Space.LocationId, [seen.SpaceId, seen.TakenId, wish.Space.Id], cancellationToken);
        await change.LockAsync([.. ordered.Concat(wish.Services).Select(service => service.AmenityId).Distinct()], cancellationToken);
        if (await change.LockBookingAsync("bookings.id = @Id and bookings.version = @Version", seen, cancellationToken) is not { } booking)
        {
            return null;
        }

        var candidates = await change.CandidatesAsync(wish.Space.Id, wish.Space.IsArea, cancellationToken);
        var inTheWay = await change.InTheWayAsync(wish.Space.Id, candidates, wish.StartsAt, wish.EndsAt, booking.Id, cancellationToken);
        var taken = await change.LetLapseAsync(inTheWay, now, cancellationToken);
        // Nobody has to move to another desk for an hour more.
        if (candidates.OrderByDescending(candidate => candidate == booking.DeskId).FirstOrDefault(candidate => taken.TrueForAll(time => time.SpaceId != candidate))
            is var chosen && chosen == Guid.Empty)
        {
            return new(booking, null, taken);
        }

        if (line is Line.ComesFirst && await change.OthersWaitAsync(wish.Space, wish.StartsAt, wish.EndsAt, booking.MemberId, now, cancellationToken))
        {
            return new(booking, null, [], LineFirst: true);
        }

        if (await change.ShortageAsync(wish.Services, wish.StartsAt, wish.EndsAt, booking.Id, now, cancellationToken) is { } shortage)
        {
            return new(booking, null, [], shortage);
        }

        var used = booking.CreditHours == 0 ? 0 : await Credits.UsedAsync(change, wish.Payer, wish.CreditMonth, booking.Id, cancellationToken);
        var quote = await change.QuoteAsync(wish, used, now, cancellationToken);
        if (ChangeRules.RefusePrice(booking, quote, wish.By, now) is { } tooLate)
        {
            return new(booking, null, [], Refusal: tooLate);
        }

        var after = After(booking, wish, chosen, quote);
        await WriteAsync(change, booking, after, wish, now, cancellationToken);
        await Credits.GiveBackAsync(change, booking.Id, booking.CreditHours, wish.By, now, cancellationToken);
        await Credits.UseAsync(change, wish.Payer, wish.CreditMonth, quote.CreditHoursUsed, booking.Id, wish.By, now, cancellationToken);
        await change.OrderAsync(after, wish.Services, cancellationToken);
        change.Publish(new BookingChanged(after.Fact(), booking.Fact(), after.Total - booking.Total, booking.Paid - after.Paid, now));
        return new(booking, after, []);
    }

    private static BookingRow After(BookingRow booking, Wish wish, Guid chosen, Quote quote) => booking with
    {
        SpaceId = wish.Space.Id,
        SpaceName = wish.Space.Name,
        DeskId = wish.Space.IsArea ? chosen : null,
        // Read again where it is shown.
        DeskName = wish.Space.IsArea && chosen == booking.DeskId ? booking.DeskName : null,
        StartsAt = wish.StartsAt,
        EndsAt = wish.EndsAt,
        People = wish.People,
        Note = wish.Note,
        Quote = StoredJson.Write(quote),
        Total = quote.Total,
        // What was paid beyond it is given back, and told so.
        Paid = Math.Min(booking.Paid, quote.Total),
        Currency = quote.Currency,
        CreditHours = quote.CreditHoursUsed,
        Version = booking.Version + 1,
        NeedsApproval = wish.Space.NeedsApproval,
        ReleaseAfterMinutes = wish.Space.ReleaseAfterMinutes,
    };

    private static Task<int> WriteAsync(
        Change change, BookingRow before, BookingRow after, Wish wish, DateTimeOffset now, CancellationToken cancellationToken) => change.ExecuteAsync(
        $"""
        delete from claims where booking_id = @Id;
        delete from amenity_claims where booking_id = @Id;
        delete from booking_services where booking_id = @Id;
        update bookings
        set space_id = @SpaceId, desk_id = @DeskId, starts_at = @StartsAt, ends_at = @EndsAt, people = @People, note = @Note,
            quote = @Quote::jsonb, total = @Total, paid = @Paid, currency = @Currency, credit_hours = @CreditHours, version = @Version
        where id = @Id;
        {Claims.Claim};
        {FloorChange.Insert};
        """, FloorChange.Of(before, after, new(BookingAct.Change, wish.By, wish.Reason, now)), cancellationToken);
}
