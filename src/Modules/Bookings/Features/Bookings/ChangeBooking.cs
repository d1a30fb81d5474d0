using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Availability;
using Portico.Bookings.Features.Waiting;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>What is to be different; what is left out stays. The price is made anew, by the rates of now.</summary>
/// <param name="SpaceId">Another space of the same location.</param>
/// <param name="Services">All that is wanted from now on, not only what is added.</param>
/// <param name="Reason">Of staff; needed to pass over the rules of the space.</param>
public sealed record ChangeBookingRequest(
    Guid? SpaceId = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    [property: Range(1, 10_000)] int? People = null,
    [property: StringLength(500)] string? Note = null,
    [property: MaxLength(20)] IReadOnlyList<OrderedService>? Services = null,
    [property: StringLength(500)] string? Reason = null);

/// <summary>What a change would cost.</summary>
/// <param name="Difference">More to pay; negative: to be given back.</param>
public sealed record ChangePriceResponse(Quote Quote, PriceChange Difference);

internal static class ChangeBooking
{
    /// <summary>The same as the change, undone at its end: so it cannot say anything else than what would happen.</summary>
    public static async Task<Results<Ok<ChangePriceResponse>, ProblemHttpResult>> HandlePreview(
        Guid id, ChangeBookingRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var attempt = await TryAsync(id, request, Line.ComesFirst, change, database, user, time.GetStoredNow(), cancellationToken);
        if (attempt is not { Before: { } before, After: { } after })
        {
            return attempt.WaitedFor is { } wish ? SlotProblems.WaitedFor(wish.StartsAt, wish.EndsAt) : attempt.Refusal!;
        }

        var (was, willBe) = (StoredJson.Read<Quote>(before.Quote), StoredJson.Read<Quote>(after.Quote));
        return TypedResults.Ok(new ChangePriceResponse(willBe, PriceChange.Between(was, willBe)!));
    }

    public static async Task<Results<Ok<BookingResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeBookingRequest request, Database<BookingsModule> database, WaitingLine line, CurrentUser user, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var (answer, waitedFor) = await ChangeAsync(id, request, Line.ComesFirst, database, user, now, cancellationToken);
        if (waitedFor is not null)
        {
            await line.ServeAsync(waitedFor.Space.LocationId, waitedFor.Space.Id, waitedFor.StartsAt, waitedFor.EndsAt, cancellationToken);
            (answer, _) = await ChangeAsync(id, request, Line.WasServed, database, user, now, cancellationToken);
        }

        return answer!;
    }

    /// <summary>Without an answer when others have waited for what is wanted and come first; nothing is locked any more then.</summary>
    private static async Task<(Results<Ok<BookingResponse>, ProblemHttpResult>? Answer, Wish? WaitedFor)> ChangeAsync(
        Guid id, ChangeBookingRequest request, Line line, Database<BookingsModule> database, CurrentUser user, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        var attempt = await TryAsync(id, request, line, change, database, user, now, cancellationToken);
        if (attempt.After is not { } after)
        {
            return attempt.Refusal is { } refusal ? (refusal, null) : (null, attempt.WaitedFor);
        }

        // Nothing is left to wait for.
        if (after.State is BookingStatus.AwaitingPayment && after.Owed == 0
            && await change.StepAsync(after, new(BookingAct.Pay, user.Id, null, now), null, cancellationToken) is { } confirmed)
        {
            change.Announce(confirmed, "zero_price", now);
        }

        var shown = (await change.FindAsync<BookingRow>(
            $"select {BookingRow.Columns} from {BookingRow.Tables} where bookings.id = @id", new { id }, cancellationToken))!;
        await change.CommitAsync(cancellationToken);
        return (TypedResults.Ok(BookingResponse.Of(shown, now)), null);
    }

    private static async Task<Attempt> TryAsync(
        Guid id, ChangeBookingRequest request, Line line, Change change, Database<BookingsModule> database, CurrentUser user, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (await database.FindBookingAsync(id, user, cancellationToken) is not { } booking)
        {
            return Refused(BookingProblems.NotFound());
        }

        var wanted = new HoldSpaceRequest(
            request.SpaceId ?? booking.SpaceId, request.StartsAt ?? booking.StartsAt, request.EndsAt ?? booking.EndsAt, request.People ?? booking.People,
            request.Note ?? booking.Note, request.Services ?? await change.OrderedAsync(id, cancellationToken), booking.MemberId, request.Reason);
        if (ChangeRules.Refuse(booking, wanted, user.Id, now) is { } forbidden)
        {
            return Refused(forbidden);
        }

        var (wish, refusal) = await Wishes.ReadAsync(wanted, database, user, now, cancellationToken, startIsNew: wanted.StartsAt != booking.StartsAt);
        if (wish is null)
        {
            return Refused(refusal!);
        }

        if (wish.Space.LocationId != booking.LocationId)
        {
            return Refused(Problems.Unprocessable("other-location", "A booking stays at its location: cancel it, and book at the other one."));
        }

        return await change.ChangeAsync(booking, wish, line, now, cancellationToken) switch
        {
            null => Refused(Problems.Conflict("booking-changed", "Somebody else has just changed the booking. Look at it again.")),
            { LineFirst: true } => new(null, null, WaitedFor: wish),
            { Shortage: { } shortage } => Refused(SlotProblems.OutOfStock(shortage)),
            { Refusal: { } unlike } => Refused(unlike),
            { After: null } taken => Refused(await RefuseAsync(taken, wish, change, database, user, now, cancellationToken)),
            { After: { } after } changed => new(changed.Before, after),
        };
    }

    private static Attempt Refused(ProblemHttpResult refusal) => new(null, null, refusal);

    private static async Task<ProblemHttpResult> RefuseAsync(
        Changed taken, Wish wish, Change change, Database<BookingsModule> database, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var refusal = SlotProblems.Taken(taken.InTheWay, wish.StartsAt, wish.EndsAt);
        // Nothing was written: those who wait for its locks are not to wait for a look around too.
        await change.DisposeAsync();
        // Of what has begun only the end can move: there is nothing else to be had for it.
        return taken.Before.StartsAt > now
            ? await Alternatives.AddToAsync(refusal, wish, taken.Before.Id, database, user, now, cancellationToken)
            : refusal;
    }

    /// <summary>The booking before and after, or why it stays as it is: refused, or others have waited for what is wanted.</summary>
    private sealed record Attempt(BookingRow? Before, BookingRow? After, ProblemHttpResult? Refusal = null, Wish? WaitedFor = null);
}
