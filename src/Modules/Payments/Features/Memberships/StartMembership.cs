using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Portico.Contracts.Payments;
using Portico.Payments.Data;
using Portico.Payments.Documents;
using Portico.Payments.Domain;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Memberships;

/// <summary>Which membership it is to be.</summary>
public sealed record StartMembershipRequest([property: Required] Guid? OfferId);

/// <summary>Its first period begins today and is owed at once.</summary>
internal static class StartMembership
{
    public static Task<Results<Created<MembershipResponse>, ProblemHttpResult>> HandleMine(
        StartMembershipRequest request, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CurrentUser user, CancellationToken cancellationToken) =>
        StartAsync(user.Id, user.Id, request.OfferId!.Value, database, clock, invoices, cancellationToken);

    public static Task<Results<Created<MembershipResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, StartMembershipRequest request, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CurrentUser user,
        CancellationToken cancellationToken) => StartAsync(memberId, user.Id, request.OfferId!.Value, database, clock, invoices, cancellationToken);

    private static async Task<Results<Created<MembershipResponse>, ProblemHttpResult>> StartAsync(
        Guid memberId, Guid by, Guid offerId, Database<PaymentsModule> database, HouseClock clock, Invoices invoices, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var today = clock.DayOf(now);
        await using var change = await database.BeginAsync(cancellationToken);
        if (memberId != by && !await change.IsMemberAsync(memberId, cancellationToken))
        {
            return TransactionProblems.NoMember();
        }

        if (await change.FindOfferAsync(offerId, cancellationToken) is not { Active: true } offer)
        {
            return MembershipProblems.NoOffer();
        }

        // Else a suspension would be left behind by beginning anew.
        if (await change.FindAsync<bool>(
            """
            select exists (
                select from membership_fees as fee join memberships on memberships.id = fee.membership_id join transactions on transactions.id = fee.transaction_id
                where memberships.member_id = @memberId and team_id is null and transactions.status = 'owed')
            """, new { memberId }, cancellationToken))
        {
            return await change.LockMembershipAsync(MembershipOwner.Member(memberId), cancellationToken) is null ? MembershipProblems.FeesOwed() : MembershipProblems.Exists();
        }

        var period = BillingPeriod.From(today, today.Day);
        var membership = new MembershipRow(
            Guid.CreateVersion7(now), memberId, offer.Id, offer.Price, offer.Currency, "active", today.Day, period.Start, period.End, 0, null, null, null, 0);
        return await change.BeginAsync(membership, offer, invoices, today, now, cancellationToken);
    }

    /// <summary>Unless there is one already.</summary>
    public static async Task<Results<Created<MembershipResponse>, ProblemHttpResult>> BeginAsync(
        this Change change, MembershipRow membership, OfferRow offer, Invoices invoices, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            await change.ExecuteAsync(
                """
                insert into memberships (id, member_id, offer_id, price, currency, status, anchor_day, period_start, period_end, started_at, team_id, team, seats)
                values (@Id, @MemberId, @OfferId, @Price, @Currency, @Status, @AnchorDay, @PeriodStart, @PeriodEnd, @now, @TeamId, @Team, @Seats)
                """,
                new
                {
                    membership.Id, membership.MemberId, membership.OfferId, membership.Price, membership.Currency, membership.Status, membership.AnchorDay,
                    membership.PeriodStart, membership.PeriodEnd, membership.TeamId, membership.Team, membership.Seats, now,
                }, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return MembershipProblems.Exists();
        }

        await change.BeginPeriodAsync(membership, membership.ForAll(offer), membership.Period, invoices, today, now, cancellationToken);
        change.Publish(new MembershipStarted(
            membership.Id, membership.MemberId, offer.Id, offer.Name, offer.PlanId, membership.Price, offer.Currency, membership.PeriodStart, membership.PeriodEnd, now,
            membership.TeamId, membership.Seats));
        var answer = await change.AnswerAsync(membership.Id, cancellationToken);
        return TypedResults.Created("/api/payments/membership", answer.Value);
    }
}
