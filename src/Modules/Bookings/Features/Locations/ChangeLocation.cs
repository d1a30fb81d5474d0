using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Npgsql;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Locations;

/// <summary>
/// What is to be different; what is left out stays, and <c>null</c> empties city and address. Name, time zone, currency and taxes
/// are administrators' to change. Opening hours are given all at once.
/// </summary>
public sealed record ChangeLocationRequest
{
    [StringLength(100, MinimumLength = 1), RegularExpression(LocationLimits.NotBlank, ErrorMessage = LocationLimits.NameNeeded)]
    public string? Name { get; init; }

    [StringLength(100, MinimumLength = 1), RegularExpression(LocationLimits.NotBlank, ErrorMessage = LocationLimits.SomethingNeeded)]
    public string? City
    {
        get;
        init => (field, SaysCity) = (value, true);
    }

    [StringLength(300, MinimumLength = 1), RegularExpression(LocationLimits.NotBlank, ErrorMessage = LocationLimits.SomethingNeeded)]
    public string? Address
    {
        get;
        init => (field, SaysAddress) = (value, true);
    }

    [StringLength(64)]
    public string? TimeZone { get; init; }

    [MinLength(1), RegularExpression(LocationLimits.Currency, ErrorMessage = LocationLimits.WrongCurrency)]
    public string? Currency { get; init; }

    [Range(0d, 100d)]
    public decimal? TaxPercent { get; init; }

    public bool? PricesIncludeTax { get; init; }

    [MinLength(1), RegularExpression(LocationLimits.TimeOfDay, ErrorMessage = LocationLimits.WrongTimeOfDay)]
    public string? ClosesAt { get; init; }

    [MaxLength(WellFormedHours.MostOfAWeek)]
    public IReadOnlyList<OpeningRange>? OpeningHours { get; init; }

    [JsonIgnore]
    internal bool SaysCity { get; private init; }

    [JsonIgnore]
    internal bool SaysAddress { get; private init; }

    [JsonIgnore]
    internal bool IsForAdministrators => Name is not null || TimeZone is not null || Currency is not null || TaxPercent is not null || PricesIncludeTax is not null;
}

internal static class ChangeLocation
{
    public static async Task<Results<Ok<LocationResponse>, ProblemHttpResult>> Handle(
        Guid id,
        ChangeLocationRequest request,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.TimeZone is not null && !TimeZones.IsKnown(request.TimeZone))
        {
            return LocationProblems.UnknownTimeZone();
        }

        if (LocationProblems.Refuse(request.TaxPercent, request.OpeningHours) is { } refusal)
        {
            return refusal;
        }

        if (!await database.RunsAsync(user, id, cancellationToken))
        {
            return LocationProblems.NotFound();
        }

        if (request.IsForAdministrators && !user.IsAdmin)
        {
            return Problems.Forbidden("location-field-reserved", "Name, time zone, currency and taxes are administrators' to change.");
        }

        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            if (request.Name is not null)
            {
                // Whoever takes a name that is just being given up waits for the one who does: two that exchange names would wait
                // for each other.
                await change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('location-names', 0))", null, cancellationToken);
            }

            if (await ApplyAsync(change, id, request, cancellationToken) is not { } changed)
            {
                return LocationProblems.Retired();
            }

            change.Publish(changed.ToFact(time.GetUtcNow()));
            await change.CommitAsync(cancellationToken);
            return TypedResults.Ok(changed.ToResponse());
        }
        catch (PostgresException e) when (e.ConstraintName == "locations_name")
        {
            return LocationProblems.NameTaken();
        }
    }

    /// <summary>Null when there is none, or it is retired.</summary>
    public static Task<LocationRow?> ApplyAsync(Change change, Guid id, ChangeLocationRequest request, CancellationToken cancellationToken) =>
        change.FindAsync<LocationRow>(
            $"""
            update locations
            set name = coalesce(@name, name),
                city = case when @SaysCity then @city else city end,
                address = case when @SaysAddress then @address else address end,
                time_zone = coalesce(@TimeZone, time_zone),
                currency = coalesce(@Currency, currency),
                tax_percent = coalesce(@TaxPercent, tax_percent),
                prices_include_tax = coalesce(@PricesIncludeTax, prices_include_tax),
                closes_at = coalesce(@ClosesAt::time, closes_at),
                opening_hours = coalesce(@hours::jsonb, opening_hours)
            where id = @id and retired_at is null
            returning {LocationRow.Columns}
            """,
            new
            {
                id, name = request.Name?.Trim(), request.SaysCity, city = request.City?.Trim(), request.SaysAddress, address = request.Address?.Trim(),
                request.TimeZone, request.Currency, request.TaxPercent, request.PricesIncludeTax, request.ClosesAt,
                hours = request.OpeningHours is { } hours ? OpeningHoursJson.Write(hours) : null,
            },
            cancellationToken);
}
