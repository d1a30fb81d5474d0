using Portico.Platform.Data;

namespace Portico.Bookings.Features.Plans;

/// <summary>What a member or a team has every month.</summary>
/// <param name="DiscountPercent">Off the space's part of a price, after credits.</param>
/// <param name="MonthlyCreditHours">Hours of bookings that begin in the month.</param>
/// <param name="RetiredAt">Since when nobody new gets it; null while it is offered.</param>
public sealed record PlanResponse(
    Guid Id, string Name, decimal DiscountPercent, decimal MonthlyCreditHours, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt)
{
    internal const string Columns = "id, name, discount_percent, monthly_credit_hours, created_at, retired_at";
}

/// <summary>A plan that is to be given to somebody.</summary>
internal static class OfferedPlan
{
    /// <summary>Held until the change ends, so that it is retired either before or after. Otherwise why it cannot be given.</summary>
    public static async Task<(PlanResponse? Plan, ProblemHttpResult? Refusal)> HoldPlanAsync(
        this Change change, Guid id, CancellationToken cancellationToken) =>
        await change.FindAsync<PlanResponse>($"select {PlanResponse.Columns} from plans where id = @id for share", new { id }, cancellationToken) switch
        {
            null => (null, PlanProblems.NotFound()),
            { RetiredAt: not null } => (null, PlanProblems.Retired()),
            var plan => (plan, null),
        };
}
