using Portico.Platform.Data;

namespace Portico.Bookings.Features.Amenities;

/// <summary>A retired one too: it may have been ordered.</summary>
internal static class ShowAmenity
{
    public static async Task<Results<Ok<AmenityResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<BookingsModule> database, CancellationToken cancellationToken) =>
        await database.FindAsync<AmenityResponse>($"select {AmenityResponse.Columns} from amenities where id = @id", new { id }, cancellationToken) is { } amenity
            ? TypedResults.Ok(amenity)
            : AmenityProblems.NotFound();
}
