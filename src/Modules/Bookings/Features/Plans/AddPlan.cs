using System.ComponentModel.DataAnnotations;
using Npgsql;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Plans;

/// <summary>A new plan.</summary>
public sealed record AddPlanRequest(
    [property: Required, StringLength(100), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A name is needed.")] string Name,
    [property: Range(typeof(decimal), "0", "100"), Decimals(2)] decimal DiscountPercent = 0,
    [property: Range(typeof(decimal), "0", "10000"), Decimals(2)] decimal MonthlyCreditHours = 0);

internal static class AddPlan
{
    public static async Task<Results<Created<PlanResponse>, ProblemHttpResult>> Handle(
        AddPlanRequest request, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var change = await database.BeginAsync(cancellationToken);
        try
        {
            var added = await change.FindAsync<PlanResponse>(
                $"""
                insert into plans (id, name, discount_percent, monthly_credit_hours, created_at)
                values (@id, @name, @DiscountPercent, @MonthlyCreditHours, @now)
                returning {PlanResponse.Columns}
                """,
                new { id = Guid.CreateVersion7(now), name = request.Name.Trim(), request.DiscountPercent, request.MonthlyCreditHours, now },
                cancellationToken);
            await change.CommitAsync(cancellationToken);
            return TypedResults.Created($"/api/bookings/plans/{added!.Id}", added);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return PlanProblems.NameTaken();
        }
    }
}
