using System.ComponentModel.DataAnnotations;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.DayPasses;

/// <summary>Why a day pass is to be of no use any more.</summary>
public sealed record WithdrawDayPassRequest(
    [property: Required, StringLength(500), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A reason is needed.")] string Reason);

/// <summary>Days that were used stay used. What is owed is called off, and what was paid goes back, as for anything else.</summary>
internal static class WithdrawDayPass
{
    public static async Task<Results<Ok<DayPassResponse>, ProblemHttpResult>> Handle(
        Guid id, WithdrawDayPassRequest request, Database<PaymentsModule> database, HouseClock clock, CurrentUser user, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<Guid?>("select member_id from day_passes where id = @id", new { id }, cancellationToken) is not { } memberId)
        {
            return DayPassProblems.NotFound();
        }

        await change.LockPassesAsync(memberId, cancellationToken);
        var reason = request.Reason.Trim();
        if (await change.FindAsync<int?>(
            """
            update day_passes set withdrawn_at = @now, withdrawn_by = @by, withdrawal = @reason where id = @id and withdrawn_at is null returning days - used
            """, new { id, now, by = user.Id, reason }, cancellationToken) is not { } left)
        {
            return Problems.Conflict("day-pass-withdrawn", "It was withdrawn already.");
        }

        change.Publish(new DayPassWithdrawn(id, memberId, left, reason, now));
        var answer = await change.ShowPassAsync(id, clock.DayOf(now), cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(answer);
    }
}
