using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.DayPasses;

/// <summary>A day pass that members can have from now on.</summary>
/// <param name="Price">Of all its days, tax included; 0 where it costs nothing.</param>
/// <param name="Days">How many days it has.</param>
/// <param name="ValidDays">Days of the calendar on which it can be used, the first one included.</param>
/// <param name="Currency">ISO 4217; the house's when left out.</param>
/// <param name="TaxPercent">Of the price without tax.</param>
/// <param name="LocationId">Where it is good; everywhere when left out.</param>
/// <param name="AtDoor">Whether those who come with neither plan nor pass are charged it: one for the house, and one for each location.</param>
public sealed record AddDayPassOfferRequest(
    [property: Required, StringLength(100), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string Name,
    [property: Required, Range(typeof(decimal), "0", "100000000")] decimal? Price,
    [property: Required, Range(1, 366)] int? Days,
    [property: Required, Range(1, 3660)] int? ValidDays,
    [property: RegularExpression("[A-Z]{3}")] string? Currency = null,
    [property: TaxRate] decimal TaxPercent = 0,
    Guid? LocationId = null,
    bool AtDoor = false);

internal static class AddDayPassOffer
{
    public static async Task<Results<Created<DayPassOfferResponse>, ProblemHttpResult>> Handle(
        AddDayPassOfferRequest request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var currency = request.Currency ?? options.Value.Currency;
        if (!options.Value.MayOwe.ContainsKey(currency))
        {
            return Problems.Invalid("currency", "Nothing is charged in it here.");
        }

        if (request.Price!.Value != Money.Round(request.Price.Value, currency))
        {
            return Problems.Invalid("price", $"A price has {Money.MinorUnits(currency)} digits after the point at the most.");
        }

        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            var added = await change.FindAsync<DayPassOfferResponse>(
                $"""
                insert into day_pass_offers (id, name, price, currency, tax_percent, days, valid_days, location_id, at_door, created_at)
                values (@id, @name, @price, @currency, @TaxPercent, @Days, @ValidDays, @LocationId, @AtDoor, @now) returning {DayPassOfferResponse.Columns}
                """,
                new
                {
                    id = Guid.CreateVersion7(now), name = request.Name.Trim(), price = Money.Round(request.Price.Value, currency), currency, request.TaxPercent,
                    request.Days, request.ValidDays, request.LocationId, request.AtDoor, now,
                }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created("/api/payments/admin/day-passes/offers", added!);
        }
        catch (PostgresException e) when (DayPassProblems.IsOfOffer(e))
        {
            return DayPassProblems.OfferRefused(e);
        }
    }
}
