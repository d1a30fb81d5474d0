using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Features.Availability;
using Portico.Bookings.Features.Waiting;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Bookings;

/// <summary>A slot in a space, to be kept while one makes up one's mind.</summary>
/// <param name="SpaceId">A space, or a hot-desk area: any desk in it.</param>
/// <param name="People">How many will be there.</param>
/// <param name="MemberId">Whom staff book for; oneself when left out.</param>
/// <param name="Reason">Of staff who book against the rules of the space, or for somebody else.</param>
public sealed record HoldSpaceRequest(
    [property: Required] Guid? SpaceId,
    [property: Required] DateTimeOffset? StartsAt,
    [property: Required] DateTimeOffset? EndsAt,
    [property: Range(1, 10_000)] int People = 1,
    [property: StringLength(500)] string? Note = null,
    [property: MaxLength(20)] IReadOnlyList<OrderedService>? Services = null,
    Guid? MemberId = null,
    [property: StringLength(500)] string? Reason = null);

internal static class HoldSpace
{
    public static async Task<Results<Created<BookingResponse>, ProblemHttpResult>> Handle(
        HoldSpaceRequest request,
        Database<BookingsModule> database,
        WaitingLine line,
        SpaceQueue queue,
        IOptions<BookingsOptions> options,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        var (wish, refusal) = await Wishes.ReadAsync(request, database, user, now, cancellationToken);
        if (wish is null)
        {
            return refusal!;
        }

        // No longer than there is something to be had.
        var until = wish.EndsAt < now + options.Value.HoldFor ? wish.EndsAt : now + options.Value.HoldFor;
        var answer = await TryAsync(wish, Line.ComesFirst, database, queue, now, until, cancellationToken);
        if (answer is null)
        {
            await line.ServeAsync(wish.Space.LocationId, wish.Space.Id, wish.StartsAt, wish.EndsAt, cancellationToken);
            answer = await TryAsync(wish, Line.WasServed, database, queue, now, until, cancellationToken);
        }

        return answer!.Result is ProblemHttpResult refused
            ? await Alternatives.AddToAsync(refused, wish, null, database, user, now, cancellationToken)
            : answer;
    }

    /// <summary>Null when others have waited for it and come first.</summary>
    private static async Task<Results<Created<BookingResponse>, ProblemHttpResult>?> TryAsync(
        Wish wish, Line line, Database<BookingsModule> database, SpaceQueue queue, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancellationToken)
    {
        using var turn = await queue.EnterAsync(wish.Space.Id, cancellationToken);
        await using var change = await database.BeginAsync(cancellationToken);
        var placement = await change.PlaceAsync(wish, now, until, line, cancellationToken);
        if (placement.LineFirst)
        {
            // Undone, and its locks with it, also where the change is a part of a larger one: whoever is served now needs them.
            return null;
        }

        if (placement.Booking is { } booking)
        {
            change.Publish(new BookingHeld(booking.Fact(), booking.ExpiresAt!.Value, false, now));
        }

        // Also when it was refused: what had lapsed stays let go.
        await change.CommitAsync(cancellationToken);
        return placement switch
        {
            { Booking: { } held } => TypedResults.Created($"/api/bookings/{held.Id}", BookingResponse.Of(held, now)),
            { Shortage: { } shortage } => SlotProblems.OutOfStock(shortage),
            _ => SlotProblems.Taken(placement.InTheWay, wish.StartsAt, wish.EndsAt),
        };
    }
}
