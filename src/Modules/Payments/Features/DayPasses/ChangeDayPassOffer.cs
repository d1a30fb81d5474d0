using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Payments.Features.DayPasses;

/// <summary>What is to be different; what is left out stays. Passes that somebody has stay as they are.</summary>
/// <param name="AtDoor">Whether it is charged to those who come with neither plan nor pass.</param>
/// <param name="Active">Whether it can be had.</param>
public sealed record ChangeDayPassOfferRequest(
    [property: StringLength(100, MinimumLength = 1), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string? Name = null,
    [property: Range(typeof(decimal), "0", "100000000")] decimal? Price = null,
    [property: TaxRate] decimal? TaxPercent = null,
    bool? AtDoor = null,
    bool? Active = null);

internal static class ChangeDayPassOffer
{
    public static async Task<Results<Ok<DayPassOfferResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeDayPassOfferRequest request, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<string>("select currency from day_pass_offers where id = @id for update", new { id }, cancellationToken) is not { } currency)
        {
            return DayPassProblems.NoOffer();
        }

        if (request.Price is { } price && price != Money.Round(price, currency))
        {
            return Problems.Invalid("price", $"A price has {Money.MinorUnits(currency)} digits after the point at the most.");
        }

        try
        {
            var changed = await change.FindAsync<DayPassOfferResponse>(
                $"""
                update day_pass_offers set name = coalesce(@name, name), price = coalesce(@price, price), tax_percent = coalesce(@TaxPercent, tax_percent),
                    at_door = coalesce(@AtDoor, at_door), active = coalesce(@Active, active)
                where id = @id returning {DayPassOfferResponse.Columns}
                """,
                new
                {
                    id, name = request.Name?.Trim(), price = request.Price is { } asked ? Money.Round(asked, currency) : (decimal?)null, request.TaxPercent,
                    request.AtDoor, request.Active,
                }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return TypedResults.Ok(changed!);
        }
        catch (PostgresException e) when (DayPassProblems.IsOfOffer(e))
        {
            return DayPassProblems.OfferRefused(e);
        }
    }
}
