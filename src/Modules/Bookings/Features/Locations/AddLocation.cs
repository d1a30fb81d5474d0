using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Data;
using Portico.Platform.Time;

namespace Portico.Bookings.Features.Locations;

/// <summary>
/// A new place. What is left out: EUR, no tax, prices that include it, doors that close at 22:00, open from Monday to Friday
/// from 08:00 to 20:00.
/// </summary>
public sealed record AddLocationRequest(
    [property: Required, StringLength(100), RegularExpression(LocationLimits.NotBlank, ErrorMessage = LocationLimits.NameNeeded)] string Name,
    [property: Required, StringLength(64)] string TimeZone,
    [property: StringLength(100, MinimumLength = 1), RegularExpression(LocationLimits.NotBlank, ErrorMessage = LocationLimits.SomethingNeeded)] string? City = null,
    [property: StringLength(300, MinimumLength = 1), RegularExpression(LocationLimits.NotBlank, ErrorMessage = LocationLimits.SomethingNeeded)] string? Address = null,
    [property: MinLength(1), RegularExpression(LocationLimits.Currency, ErrorMessage = LocationLimits.WrongCurrency)] string? Currency = null,
    [property: Range(0d, 100d)] decimal? TaxPercent = null,
    bool? PricesIncludeTax = null,
    [property: MinLength(1), RegularExpression(LocationLimits.TimeOfDay, ErrorMessage = LocationLimits.WrongTimeOfDay)] string? ClosesAt = null,
    [property: MaxLength(WellFormedHours.MostOfAWeek)] IReadOnlyList<OpeningRange>? OpeningHours = null);

internal static class AddLocation
{
    public static async Task<Results<Created<LocationResponse>, ProblemHttpResult>> Handle(
        AddLocationRequest request, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!TimeZones.IsKnown(request.TimeZone))
        {
            return LocationProblems.UnknownTimeZone();
        }

        if (LocationProblems.Refuse(request.TaxPercent, request.OpeningHours) is { } refusal)
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            // What else is said is a change to what a place is when nothing is said.
            var id = Guid.CreateVersion7(now);
            await change.ExecuteAsync(
                "insert into locations (id, name, time_zone, created_at) values (@id, @name, @TimeZone, @now)",
                new { id, name = request.Name.Trim(), request.TimeZone, now }, cancellationToken);
            var location = (await ChangeLocation.ApplyAsync(change, id, Rest(request), cancellationToken))!;
            change.Publish(location.ToFact(now));
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created($"/api/bookings/locations/{location.Id}", location.ToResponse());
        }
        catch (PostgresException e) when (e.ConstraintName == "locations_name")
        {
            return LocationProblems.NameTaken();
        }
    }

    private static ChangeLocationRequest Rest(AddLocationRequest request) => new()
    {
        City = request.City, Address = request.Address, Currency = request.Currency, TaxPercent = request.TaxPercent,
        PricesIncludeTax = request.PricesIncludeTax, ClosesAt = request.ClosesAt, OpeningHours = request.OpeningHours,
    };
}
