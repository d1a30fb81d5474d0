using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Domain;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Reports;

/// <summary>Every space, the busiest first.</summary>
internal static class ListSpaceUse
{
    public static async Task<Results<Ok<IReadOnlyList<SpaceUse>>, CsvAnswer<SpaceUse>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "json", "csv")] string? format,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (rows, refusal) = await database.ReadReportAsync(
            new(from, to, locationId), user, time.GetUtcNow(), async (_, figures) => (await figures.UseAsync(cancellationToken)).Spaces, cancellationToken);
        return rows is null ? refusal! : format == "csv" ? Csv(rows) : TypedResults.Ok(rows);
    }

    private static CsvAnswer<SpaceUse> Csv(IReadOnlyList<SpaceUse> rows) => new(
        rows,
        "spaces.csv",
        new("space_id", row => row.Id),
        new("space", row => row.Name),
        new("kind", row => row.Kind.Word()),
        new("location_id", row => row.Location.Id),
        new("location", row => row.Location.Name),
        new("bookings", row => row.Bookings),
        new("booked_hours", row => row.BookedHours),
        new("open_hours", row => row.OpenHours),
        new("utilisation", row => row.Utilisation),
        new("outside_hours", row => row.OutsideHours));
}
