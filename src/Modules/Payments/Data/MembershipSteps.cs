using System.Globalization;
using Portico.Contracts.Payments;
using Portico.Payments.Documents;
using Portico.Payments.Domain;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>What happens to a membership. It is locked.</summary>
internal static class MembershipSteps
{
    /// <summary>
    /// A period begins: at the offer's price of now, less what is left over of earlier ones. Its invoice is the last that is written.
    /// Answers the membership in it.
    /// </summary>
    public static async Task<MembershipRow> BeginPeriodAsync(
        this Change change, MembershipRow membership, OfferRow offer, BillingPeriod period, Invoices invoices, DateOnly today, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var creditUsed = ProRata.CreditUsed(offer.Price, membership.Credit);
        var (amount, description) = (offer.Price - creditUsed, $"{offer.Name}, {Text(period.Start)} to {Text(period.LastDay)}");
        var transactionId = await change.ChargeAsync(membership, amount, description, offer.TaxPercent, today, now, cancellationToken);
        var begun = membership with
        {
            Status = membership.Status == "past_due" ? "past_due" : "active", OfferId = offer.Id, Price = offer.Price, Credit = membership.Credit - creditUsed,
            PeriodStart = period.Start, PeriodEnd = period.End, PauseMonths = null, PausedUntil = null,
        };
        await change.WriteAsync(
            """
            insert into membership_periods (membership_id, period_start, period_end, offer_id, price, credit_used, transaction_id, charged_at, seats)
            values (@Id, @PeriodStart, @PeriodEnd, @OfferId, @Price, @creditUsed, @transactionId, @now, @Seats);
            update memberships set status = @Status, price = @Price, credit = @Credit, anchor_day = @AnchorDay, period_start = @PeriodStart, period_end = @PeriodEnd,
                pause_months = null, paused_until = null
            where id = @Id
            """,
            new
            {
                begun.Id, begun.PeriodStart, begun.PeriodEnd, begun.OfferId, begun.Price, begun.Status, begun.Credit, begun.AnchorDay, begun.Seats, creditUsed, transactionId,
                now,
            }, cancellationToken);
        await change.InvoiceAsync(membership, transactionId, amount, description, offer.TaxPercent, period, invoices, cancellationToken);
        return begun;
    }

    /// <summary>Something is owed for it; nothing where the amount is nothing.</summary>
    public static async Task<Guid?> ChargeAsync(
        this Change change, MembershipRow membership, decimal amount, string description, decimal taxPercent, DateOnly today, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (amount == 0)
        {
            return null;
        }

        await change.OpenAllAsync(membership.MemberId, cancellationToken);
        var owed = await change.ChargeFeeAsync(membership.MemberId, "membership", amount, membership.Currency, description, taxPercent, now, cancellationToken);
        await change.WriteAsync(
            "insert into membership_fees (transaction_id, membership_id, due_on) values (@transactionId, @Id, @today)",
            new { transactionId = owed.Id, membership.Id, today }, cancellationToken);
        return owed.Id;
    }

    /// <summary>An invoice for what was charged, if something was. Nothing is written after it.</summary>
    public static Task InvoiceAsync(
        this Change change, MembershipRow membership, Guid? transactionId, decimal amount, string description, decimal taxPercent, BillingPeriod period,
        Invoices invoices, CancellationToken cancellationToken) => transactionId is null ? Task.CompletedTask : invoices.IssueAsync(
            change,
            new(membership.MemberId, membership.Currency, [new(description, 1, amount, taxPercent)], transactionId, period.Start, period.LastDay), cancellationToken);

    /// <summary>A period begins today, whatever day the ones before began on.</summary>
    public static Task<MembershipRow> BeginAnewAsync(
        this Change change, MembershipRow membership, OfferRow offer, Invoices invoices, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken) =>
        change.BeginPeriodAsync(
            membership with { AnchorDay = today.Day, Status = "active" }, offer, BillingPeriod.From(today, today.Day), invoices, today, now, cancellationToken);

    /// <summary>It is over. What is left over of it goes back, and what is owed for it beyond that stays owed.</summary>
    public static async Task EndAsync(this Change change, MembershipRow membership, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.WriteAsync(
            "update memberships set status = 'ended', ended_at = @now, pause_months = null, paused_until = null, left_over = credit, credit = 0 where id = @Id",
            new { membership.Id, now }, cancellationToken);
        if (membership.Credit > 0)
        {
            await change.ReturnAsync(membership with { LeftOver = membership.Credit, Credit = 0 }, now, cancellationToken);
        }

        var offer = await change.FindOfferAsync(membership.OfferId, cancellationToken);
        change.Publish(new MembershipEnded(membership.Id, membership.MemberId, offer!.PlanId, now, membership.Credit, membership.Currency, membership.TeamId));
    }

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
