using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Spaces;

internal static class ShowSpace
{
    public static async Task<Results<Ok<SpaceResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CancellationToken cancellationToken) =>
        await SpaceResponse.FindAsync(database, id, cancellationToken) is { } space ? TypedResults.Ok(space) : BookingProblems.SpaceNotFound();
}
