using System.ComponentModel.DataAnnotations;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Reports;

/// <summary>Of which days, both included, and where: everywhere when no locations are named.</summary>
public sealed record OccupancyRequest(
    DateOnly From, DateOnly To, [property: MaxLength(10_000)] IReadOnlyList<Guid>? LocationIds);

/// <summary>The use of time as reports have it, for neighbours. Who may see it they know.</summary>
internal sealed class TellOccupancy(Database<BookingsModule> database, TimeProvider time) : IOccupancy
{
    public const string Path = "/internal/occupancy";

    public static async Task<Results<Ok<OccupiedTime>, NoContent>> Handle(OccupancyRequest request, IOccupancy occupancy, CancellationToken cancellationToken) =>
        await occupancy.ReadAsync(request.From, request.To, request.LocationIds, cancellationToken) is { } use ? TypedResults.Ok(use) : TypedResults.NoContent();

    public async Task<OccupiedTime?> ReadAsync(DateOnly from, DateOnly to, IReadOnlyList<Guid>? locationIds, CancellationToken cancellationToken)
    {
        var scope = await ReportScope.OfAsync(from, to, locationIds, database, cancellationToken);
        var use = await database.ReadScopeAsync(scope, time.GetUtcNow(), (_, figures) => figures.UseAsync(cancellationToken), cancellationToken);
        return use is null ? null : new(
            use.All.BookedHours, use.All.OpenHours, [.. use.Hours.Select(hour => new OccupiedHour(hour.Hour, hour.BookedMinutes, hour.OpenMinutes))]);
    }
}
