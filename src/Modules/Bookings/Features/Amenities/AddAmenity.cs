using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Bookings.Features.Locations;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Amenities;

/// <summary>Something a location offers. Without a price it belongs to spaces; with one, 0 too, it is ordered with a booking.</summary>
public sealed record AddAmenityRequest(
    [property: Required] Guid? LocationId,
    [property: Required, StringLength(100), RegularExpression(AmenityLimits.Name, ErrorMessage = AmenityLimits.WrongName)] string Name,
    [property: Range(typeof(decimal), "0", AmenityLimits.Highest)] decimal? UnitPrice = null,
    bool PerHour = false,
    [property: Range(1, AmenityLimits.MostStock)] int? Stock = null);

internal static class AddAmenity
{
    public static async Task<Results<Created<AmenityResponse>, ProblemHttpResult>> Handle(
        AddAmenityRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (AmenityLimits.Refuse(request.UnitPrice) is { } wrong)
        {
            return wrong;
        }

        var location = request.LocationId!.Value;
        if (!await database.RunsAsync(user, location, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Guid?>("select id from locations where id = @location and retired_at is null for share", new { location }, cancellationToken) is null)
        {
            return LocationProblems.Retired();
        }

        try
        {
            var added = (await change.FindAsync<AmenityResponse>(
                $"""
                insert into amenities (id, location_id, name, unit_price, per_hour, stock) values (@id, @location, @name, @UnitPrice, @PerHour, @Stock)
                returning {AmenityResponse.Columns}
                """,
                new { id = Guid.CreateVersion7(time.GetUtcNow()), location, name = request.Name.Trim(), request.UnitPrice, request.PerHour, request.Stock },
                cancellationToken))!;
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created($"/api/bookings/amenities/{added.Id}", added);
        }
        catch (PostgresException e) when (e.ConstraintName == "amenities_name")
        {
            return AmenityProblems.NameTaken();
        }
    }
}
