using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Amenities;

/// <summary>By name. Retired ones are among them only for staff that asks for them.</summary>
internal static class ListAmenities
{
    public static async Task<Results<Ok<Page<AmenityResponse>>, ProblemHttpResult>> Handle(
        [FromQuery(Name = "location_id")] Guid? locationId,
        bool? orderable,
        bool? retired,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<Row>(
            $"""
            select {AmenityResponse.Columns}, lower(name) as sorted from amenities
            where (retired_at is null or (@retired and {LocationScope.Sql}))
              and (@locationId::uuid is null or location_id = @locationId)
              and (@orderable::boolean is null or (unit_price is not null) = @orderable)
              and (@afterId::uuid is null or (lower(name), id) > (@afterName, @afterId))
            order by lower(name), id
            limit @size + 1
            """,
            new
            {
                locationId, orderable, retired = retired is true && user.Role is (Roles.Manager or Roles.Admin), size, afterName = cursor?.Value, afterId = cursor?.Id,
                isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user),
            }, cancellationToken);
        var page = Paging.Cut(rows, size, last => Cursor.Of(last.Sorted, last.Id));
        return TypedResults.Ok(new Page<AmenityResponse>([.. page.Items.Select(row => row.ToResponse())], page.Next));
    }

    private sealed record Row(
        Guid Id, Guid LocationId, string Name, decimal? UnitPrice, bool PerHour, int? Stock, DateTimeOffset? RetiredAt, string Sorted)
    {
        public AmenityResponse ToResponse() => new(Id, LocationId, Name, UnitPrice, PerHour, Stock, RetiredAt);
    }
}
