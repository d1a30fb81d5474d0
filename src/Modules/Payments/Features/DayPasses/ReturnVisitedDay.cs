using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.DayPasses;

/// <summary>Why a member gets the day of a visit back.</summary>
public sealed record ReturnVisitedDayRequest(
    [property: Required, StringLength(500), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A reason is needed.")] string Reason);

/// <summary>The day is on the house, and the pass has it again. What was charged at the door and is not paid is called off.</summary>
internal static class ReturnVisitedDay
{
    public static async Task<Results<Ok<VisitedDayResponse>, ProblemHttpResult>> Handle(
        [FromRoute(Name = "visit_id")] Guid visitId, ReturnVisitedDayRequest request, Database<PaymentsModule> database, HouseClock clock, ProviderBell bell,
        CurrentUser user, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Guid?>("select member_id from visited_days where visit_id = @visitId", new { visitId }, cancellationToken) is not { } memberId)
        {
            return Problems.NotFound("visited-day-not-found", "There is no such day.");
        }

        await change.LockPassesAsync(memberId, cancellationToken);
        var visit = (await change.FindAsync<VisitedDayRow>(
            $"select {VisitedDayRow.Columns} from visited_days where visit_id = @visitId", new { visitId }, cancellationToken))!;
        if (visit.PassId is null)
        {
            return Problems.Conflict("no-day-used", "Nothing was used or charged for that day.", ("covered_by", visit.CoveredBy));
        }

        await change.ReturnAsync(visit, "house", user.Id, request.Reason.Trim(), clock.Now, cancellationToken);
        var answer = await change.FindAsync<VisitedDayResponse>(
            $"select {VisitedDayResponse.Columns} from visited_days where visit_id = @visitId", new { visitId }, cancellationToken);
        change.AfterCommit(bell.Ring);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(answer!);
    }
}
