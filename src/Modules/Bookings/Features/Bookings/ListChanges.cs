using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Bookings;

/// <summary>Something that happened to a booking.</summary>
/// <param name="Act">What was done: <c>hold</c>, <c>confirm</c>, <c>cancel</c>, …</param>
/// <param name="FromStatus">Null at its beginning.</param>
/// <param name="ById">Who did it; null for the clock or a payment.</param>
/// <param name="Reason">Why, where somebody had to say so.</param>
public sealed record BookingChangeResponse(
    DateTimeOffset At, string Act, string? FromStatus, string ToStatus, DateTimeOffset StartsAt, DateTimeOffset EndsAt, Guid? ById, string? Reason);

internal static class ListChanges
{
    public static async Task<Results<Ok<IReadOnlyList<BookingChangeResponse>>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindBookingAsync(id, user, cancellationToken) is not null
            ? TypedResults.Ok(await database.QueryAsync<BookingChangeResponse>(
                """
                select at, act, from_status, to_status, starts_at, ends_at, by_id, reason
                from floor_changes where booking_id = @id order by id limit 1000
                """, new { id }, cancellationToken))
            : BookingProblems.NotFound();
}
