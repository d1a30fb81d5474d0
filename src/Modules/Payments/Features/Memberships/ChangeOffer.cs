using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Platform.Amounts;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Memberships;

/// <summary>What is to be different; what is left out stays. Whoever has the offer pays another price from the next period.</summary>
/// <param name="Active">Whether it can be had; those who have it keep it.</param>
public sealed record ChangeOfferRequest(
    [property: StringLength(100, MinimumLength = 1), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string? Name = null,
    [property: Range(typeof(decimal), "0", "100000000")] decimal? Price = null,
    [property: TaxRate] decimal? TaxPercent = null,
    bool? Active = null);

internal static class ChangeOffer
{
    public static async Task<Results<Ok<OfferResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangeOfferRequest request, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<string>("select currency from membership_offers where id = @id for update", new { id }, cancellationToken) is not { } currency)
        {
            return MembershipProblems.NoOffer();
        }

        if (request.Price is { } price && price != Money.Round(price, currency))
        {
            return Problems.Invalid("price", $"A price has {Money.MinorUnits(currency)} digits after the point at the most.");
        }

        try
        {
            var changed = await change.FindAsync<OfferResponse>(
                $"""
                update membership_offers set name = coalesce(@name, name), price = coalesce(@price, price), tax_percent = coalesce(@TaxPercent, tax_percent),
                    active = coalesce(@Active, active)
                where id = @id returning {OfferResponse.Columns}
                """,
                new
                {
                    id, name = request.Name?.Trim(), price = request.Price is { } asked ? Money.Round(asked, currency) : (decimal?)null, request.TaxPercent, request.Active,
                }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return TypedResults.Ok(changed!);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return MembershipProblems.NameTaken();
        }
    }
}
