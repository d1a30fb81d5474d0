using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.DayPasses;

/// <summary>Which day pass it is to be.</summary>
public sealed record BuyDayPassRequest([property: Required] Guid? OfferId);

/// <summary>It is good from today and owed at once. A member who owes for one buys no other; staff at the desk see whom they sell to.</summary>
internal static class BuyDayPass
{
    public static Task<Results<Created<DayPassResponse>, ProblemHttpResult>> HandleMine(
        BuyDayPassRequest request, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CurrentUser user, CancellationToken cancellationToken) =>
        SellAsync(user.Id, user.Id, request.OfferId!.Value, database, clock, invoices, cancellationToken);

    public static Task<Results<Created<DayPassResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, BuyDayPassRequest request, Database<PaymentsModule> database, HouseClock clock, Invoices invoices,
        CurrentUser user, CancellationToken cancellationToken) => SellAsync(memberId, user.Id, request.OfferId!.Value, database, clock, invoices, cancellationToken);

    private static async Task<Results<Created<DayPassResponse>, ProblemHttpResult>> SellAsync(
        Guid memberId, Guid by, Guid offerId, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var today = clock.DayOf(now);
        await using var change = await database.BeginAsync(cancellationToken);
        if (memberId != by && !await change.IsMemberAsync(memberId, cancellationToken))
        {
            return TransactionProblems.NoMember();
        }

        await change.LockPassesAsync(memberId, cancellationToken);
        if (await change.FindDayPassOfferAsync(offerId, cancellationToken) is not { Active: true } offer)
        {
            return DayPassProblems.NoOffer();
        }

        if (memberId == by && await change.FindAsync<bool>(
            "select exists (select from transactions where member_id = @memberId and status = 'owed' and fee = 'day_pass')", new { memberId }, cancellationToken))
        {
            return DayPassProblems.FeesOwed();
        }

        var sold = await change.AddPassAsync(new(memberId, offer, today, false, by, null), now, cancellationToken);
        var answer = await change.ShowPassAsync(sold.Id, today, cancellationToken);
        if (sold.Invoice is { } invoice)
        {
            await invoices.IssueAsync(change, invoice, cancellationToken);
        }

        await change.CommitAsync(cancellationToken);
        return TypedResults.Created("/api/payments/day-passes", answer);
    }
}
