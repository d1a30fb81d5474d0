using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.DayPasses;

/// <summary>Which day pass a member gets for nothing, and why.</summary>
public sealed record GiveDayPassRequest(
    [property: Required] Guid? OfferId,
    [property: Required, StringLength(500), RegularExpression(@"(?s).*\S.*", ErrorMessage = "A reason is needed.")] string Reason);

internal static class GiveDayPass
{
    public static async Task<Results<Created<DayPassResponse>, ProblemHttpResult>> Handle(
        [FromRoute(Name = "member_id")] Guid memberId, GiveDayPassRequest request, Database<PaymentsModule> database, HouseClock clock, CurrentUser user,
        CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var today = clock.DayOf(now);
        await using var change = await database.BeginAsync(cancellationToken);
        if (!await change.IsMemberAsync(memberId, cancellationToken))
        {
            return TransactionProblems.NoMember();
        }

        await change.LockPassesAsync(memberId, cancellationToken);
        if (await change.FindDayPassOfferAsync(request.OfferId!.Value, cancellationToken) is not { Active: true } offer)
        {
            return DayPassProblems.NoOffer();
        }

        var given = await change.AddPassAsync(new(memberId, offer, today, false, user.Id, request.Reason.Trim()), now, cancellationToken);
        var answer = await change.ShowPassAsync(given.Id, today, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/payments/members/{memberId}/day-passes", answer);
    }
}
