using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Reports;

/// <summary>Occupancy by hour of the day.</summary>
internal static class ListHourUse
{
    public static async Task<Results<Ok<IReadOnlyList<HourUse>>, CsvAnswer<HourUse>, ProblemHttpResult>> Handle(
        [StringLength(10)] string? from,
        [StringLength(10)] string? to,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "json", "csv")] string? format,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var (rows, refusal) = await database.ReadReportAsync(
            new(from, to, locationId), user, time.GetUtcNow(), async (_, figures) => (await figures.UseAsync(cancellationToken)).Hours, cancellationToken);
        return rows is null ? refusal! : format == "csv" ? Csv(rows) : TypedResults.Ok(rows);
    }

    private static CsvAnswer<HourUse> Csv(IReadOnlyList<HourUse> rows) => new(
        rows,
        "hours.csv",
        new("hour", row => row.Hour),
        new("booked_minutes", row => row.BookedMinutes),
        new("open_minutes", row => row.OpenMinutes),
        new("occupancy", row => row.Occupancy));
}
