using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Domain;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>Which other one it is to be.</summary>
public sealed record ChangeMembershipRequest([property: Required] Guid? OfferId);

/// <summary>From today. What is left of the old one is taken off the new one's price for the rest of the period, and off the next periods.</summary>
internal static class ChangeMembership
{
    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMine(
        ChangeMembershipRequest request, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CurrentUser user, CancellationToken cancellationToken) =>
        ChangeAsync(MembershipOwner.Member(user.Id), request.OfferId, null, database, clock, invoices, cancellationToken);

    public static Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, ChangeMembershipRequest request, Database<PaymentsModule> database, HouseClock clock, Invoices invoices,
        CancellationToken cancellationToken) => ChangeAsync(MembershipOwner.Member(memberId), request.OfferId, null, database, clock, invoices, cancellationToken);

    /// <summary>To another offer or other seats; null for what stays.</summary>
    public static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> ChangeAsync(
        MembershipOwner owner, Guid? offerId, int? seats, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var today = clock.DayOf(now);
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.LockMembershipAsync(owner, cancellationToken) is not { } membership)
        {
            return MembershipProblems.NotFound();
        }

        if (!membership.Runs || membership.CancelAt is not null)
        {
            return MembershipProblems.NotOpen(membership.Runs ? "cancelling" : membership.Status);
        }

        if (await change.FindOfferAsync(offerId ?? membership.OfferId, cancellationToken) is not { } offer || (!offer.Active && offer.Id != membership.OfferId))
        {
            return MembershipProblems.NoOffer();
        }

        if (offer.Currency != membership.Currency)
        {
            return MembershipProblems.OtherCurrency(membership.Currency);
        }

        if (owner.IsTeam && offer.PlanId is null)
        {
            return MembershipProblems.NoPlan();
        }

        var asked = membership with { Seats = seats ?? membership.Seats };
        if (offer.Id != membership.OfferId || asked.Seats != membership.Seats)
        {
            await SwapAsync(change, membership, asked, offer, invoices, today, now, cancellationToken);
        }

        return await change.AnswerAsync(membership.Id, cancellationToken);
    }

    private static async Task SwapAsync(
        Change change, MembershipRow membership, MembershipRow asked, OfferRow offer, Invoices invoices, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = await change.FindOfferAsync(membership, cancellationToken);
        var all = asked.ForAll(offer);
        var rest = ProRata.Of(membership.Price, all.Price, membership.Currency, membership.Period, today);
        var creditUsed = ProRata.CreditUsed(rest.Charge, membership.Credit);
        var amount = rest.Charge - creditUsed;
        var description = $"{all.Name} instead of {old.Name}, {MembershipSteps.Text(today)} to {MembershipSteps.Text(membership.Period.LastDay)}";
        var transactionId = await change.ChargeAsync(membership, amount, description, offer.TaxPercent, today, now, cancellationToken);
        await change.WriteAsync(
            "update memberships set offer_id = @offerId, price = @Price, credit = @credit, seats = @Seats where id = @Id",
            new { membership.Id, offerId = offer.Id, all.Price, asked.Seats, credit = membership.Credit - creditUsed + rest.Credit }, cancellationToken);
        await change.InvoiceAsync(
            membership, transactionId, amount, description, offer.TaxPercent, membership.Period with { Start = today }, invoices, cancellationToken);
        change.Publish(new MembershipChanged(
            membership.Id, membership.MemberId, offer.Id, offer.Name, offer.PlanId, old.PlanId, all.Price, amount, rest.Credit,
            membership.Currency, now, membership.TeamId, asked.Seats));
    }
}
