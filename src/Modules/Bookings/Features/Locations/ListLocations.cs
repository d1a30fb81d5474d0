using System.ComponentModel.DataAnnotations;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

/// <summary>By name. Retired ones are among them only for staff that asks for them.</summary>
internal static class ListLocations
{
    public static async Task<Results<Ok<IReadOnlyList<LocationResponse>>, CsvAnswer<LocationResponse>>> Handle(
        [StringLength(100)] string? city,
        bool? retired,
        [AllowedValues(null, "json", "csv")] string? format,
        Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<LocationRow>(
            $"""
            select {LocationRow.Columns} from locations
            where (@withRetired or retired_at is null) and (@city::text is null or lower(city) = lower(@city))
            order by lower(name), id
            """,
            new { withRetired = retired is true && user.Role is (Roles.Manager or Roles.Admin), city = city?.Trim() }, cancellationToken);
        IReadOnlyList<LocationResponse> locations = [.. rows.Select(row => row.ToResponse())];
        return format == "csv" ? Csv(locations) : TypedResults.Ok(locations);
    }

    private static CsvAnswer<LocationResponse> Csv(IReadOnlyList<LocationResponse> rows) => new(
        rows,
        "locations.csv",
        new("id", row => row.Id),
        new("name", row => row.Name),
        new("city", row => row.City),
        new("address", row => row.Address),
        new("time_zone", row => row.TimeZone),
        new("currency", row => row.Currency),
        new("tax_percent", row => row.TaxPercent),
        new("prices_include_tax", row => row.PricesIncludeTax ? "true" : "false"),
        new("closes_at", row => row.ClosesAt),
        new("opening_hours", row => string.Join("; ", row.OpeningHours.Select(range => $"{range.Day.ToString().ToLowerInvariant()} {range.Opens}-{range.Closes}"))),
        new("retired_at", row => row.RetiredAt),
        new("created_at", row => row.CreatedAt));
}
