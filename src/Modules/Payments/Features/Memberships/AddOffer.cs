using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Npgsql;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Memberships;

/// <summary>A membership that members can have from now on.</summary>
/// <param name="Price">A month, tax included; 0 where it costs nothing.</param>
/// <param name="Currency">ISO 4217; the house's when left out.</param>
/// <param name="TaxPercent">Of the price without tax.</param>
/// <param name="PlanId">A plan in Bookings that comes with it.</param>
public sealed record AddOfferRequest(
    [property: Required, StringLength(100), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string Name,
    [property: Required, Range(typeof(decimal), "0", "100000000")] decimal? Price,
    [property: RegularExpression("[A-Z]{3}")] string? Currency = null,
    [property: TaxRate] decimal TaxPercent = 0,
    Guid? PlanId = null);

internal static class AddOffer
{
    public static async Task<Results<Created<OfferResponse>, ProblemHttpResult>> Handle(
        AddOfferRequest request, Database<PaymentsModule> database, IOptions<PaymentsOptions> options, TimeProvider time, CancellationToken cancellationToken)
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
            var added = await change.FindAsync<OfferResponse>(
                $"""
                insert into membership_offers (id, name, price, currency, tax_percent, plan_id, created_at)
                values (@id, @name, @price, @currency, @TaxPercent, @PlanId, @now) returning {OfferResponse.Columns}
                """,
                new
                {
                    id = Guid.CreateVersion7(now), name = request.Name.Trim(), price = Money.Round(request.Price.Value, currency), currency, request.TaxPercent,
                    request.PlanId, now,
                }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created("/api/payments/admin/offers", added!);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return MembershipProblems.NameTaken();
        }
    }
}
