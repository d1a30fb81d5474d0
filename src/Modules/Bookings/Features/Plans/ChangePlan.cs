using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Plans;

/// <summary>What is to be different; what is left out stays. Hours that were given and prices that were agreed stay too.</summary>
public sealed record ChangePlanRequest(
    [property: StringLength(100, MinimumLength = 1), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string? Name = null,
    [property: Range(typeof(decimal), "0", "100"), Decimals(2)] decimal? DiscountPercent = null,
    [property: Range(typeof(decimal), "0", "10000"), Decimals(2)] decimal? MonthlyCreditHours = null);

internal static class ChangePlan
{
    public static async Task<Results<Ok<PlanResponse>, ProblemHttpResult>> Handle(
        Guid id, ChangePlanRequest request, Database<BookingsModule> database, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            if (request.Name is not null)
            {
                // Whoever takes a name that is just being given up waits for the one who does: two that exchange names would wait
                // for each other.
                await change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('plan-names', 0))", null, cancellationToken);
            }

            var changed = await change.FindAsync<PlanResponse>(
                $"""
                update plans
                set name = coalesce(@name, name), discount_percent = coalesce(@DiscountPercent, discount_percent),
                    monthly_credit_hours = coalesce(@MonthlyCreditHours, monthly_credit_hours)
                where id = @id
                returning {PlanResponse.Columns}
                """, new { id, name = request.Name?.Trim(), request.DiscountPercent, request.MonthlyCreditHours }, cancellationToken);
            await change.CommitAsync(cancellationToken);
            return changed is null ? PlanProblems.NotFound() : TypedResults.Ok(changed);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return PlanProblems.NameTaken();
        }
    }
}
