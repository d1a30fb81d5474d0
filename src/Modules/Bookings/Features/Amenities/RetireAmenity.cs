using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Amenities;

/// <summary>Nobody orders it any more, and no space has it. Whoever has ordered it gets it.</summary>
internal static class RetireAmenity
{
    public static async Task<Results<Ok<AmenityResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await database.FindRunAmenityAsync(id, user, cancellationToken) is null)
        {
            return AmenityProblems.NotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        var retired = (await change.FindAsync<AmenityResponse>(
            $"update amenities set retired_at = coalesce(retired_at, @now) where id = @id returning {AmenityResponse.Columns}",
            new { id, now = time.GetUtcNow() }, cancellationToken))!;
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(retired);
    }
}
