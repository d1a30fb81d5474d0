using Portico.Contracts.Payments;
using Portico.Payments.Documents;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>A pass as it is to be.</summary>
/// <param name="Reason">Why it is given and costs nothing; null where it is sold.</param>
internal sealed record DayPassDraft(Guid MemberId, DayPassOfferRow Offer, DateOnly FirstDay, bool AtDoor, Guid By, string? Reason);

/// <summary>A pass that is there once the change commits.</summary>
/// <param name="Invoice">What is still to be invoiced, the last in the change.</param>
internal sealed record AddedDayPass(Guid Id, InvoiceDraft? Invoice);

/// <summary>What happens to day passes and to the days that need one. They are locked.</summary>
internal static class DayPassSteps
{
    public static async Task<AddedDayPass> AddPassAsync(this Change change, DayPassDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (id, offer, lastDay) = (Guid.CreateVersion7(now), draft.Offer, draft.FirstDay.AddDays(draft.Offer.ValidDays - 1));
        var price = draft.Reason is null ? offer.Price : 0;
        Guid? transactionId = null;
        InvoiceDraft? invoice = null;
        if (price > 0)
        {
            var description = lastDay == draft.FirstDay
                ? $"{offer.Name}, {MembershipSteps.Text(lastDay)}" : $"{offer.Name}, {MembershipSteps.Text(draft.FirstDay)} to {MembershipSteps.Text(lastDay)}";
            await change.OpenAllAsync(draft.MemberId, cancellationToken);
            transactionId = (await change.ChargeFeeAsync(draft.MemberId, "day_pass", price, offer.Currency, description, offer.TaxPercent, now, cancellationToken)).Id;
            invoice = new(draft.MemberId, offer.Currency, [new(description, 1, price, offer.TaxPercent)], transactionId, draft.FirstDay, lastDay);
        }

        await change.WriteAsync(
            """
            insert into day_passes (
                id, member_id, offer_id, days, first_day, last_day, location_id, price, currency, transaction_id, at_door, reason, created_by, created_at)
            values (@id, @MemberId, @offerId, @Days, @FirstDay, @lastDay, @LocationId, @price, @Currency, @transactionId, @AtDoor, @Reason, @By, @now)
            """,
            new
            {
                id, draft.MemberId, offerId = offer.Id, offer.Days, draft.FirstDay, lastDay, offer.LocationId, price, offer.Currency, transactionId, draft.AtDoor,
                draft.Reason, draft.By, now,
            }, cancellationToken);
        change.Publish(new DayPassSold(
            id, draft.MemberId, offer.Id, offer.Name, offer.Days, draft.FirstDay, lastDay, offer.LocationId, price, offer.Currency, draft.AtDoor, draft.Reason, now));
        return new(id, invoice);
    }

    /// <summary>
    /// A plan covers the day; without one it uses a day of a pass; without a pass one is charged, where the house says so. Answers what is
    /// still to be invoiced.
    /// </summary>
    public static async Task<InvoiceDraft?> CoverAsync(this Change change, VisitedDayRow visit, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await change.FindPlanAsync(visit, cancellationToken) is { } plan)
        {
            await change.WriteAsync("update visited_days set covered_by = @plan where visit_id = @VisitId", new { visit.VisitId, plan }, cancellationToken);
            return null;
        }

        if (await change.FindPassAsync(visit, cancellationToken) is { } passId)
        {
            await change.UseAsync(visit, passId, "pass", now, cancellationToken);
            return null;
        }

        if (await change.FindDoorOfferAsync(visit, cancellationToken) is not { } offer)
        {
            await change.WriteAsync("update visited_days set covered_by = 'nothing' where visit_id = @VisitId", new { visit.VisitId }, cancellationToken);
            return null;
        }

        var sold = await change.AddPassAsync(new(visit.MemberId, offer, visit.Day, true, Ledger.Nobody, null), now, cancellationToken);
        await change.UseAsync(visit, sold.Id, "door", now, cancellationToken);
        return sold.Invoice;
    }

    /// <summary>
    /// The day that a visit used is there again. What was charged for that visit alone is owed no longer; once it is paid it stays a
    /// pass with a day left.
    /// </summary>
    /// <param name="coveredBy">What the day is paid for by instead.</param>
    public static async Task ReturnAsync(
        this Change change, VisitedDayRow visit, string coveredBy, Guid? by, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.WriteAsync(
            "update visited_days set covered_by = @coveredBy, pass_id = null, given_by = @by, reason = @reason where visit_id = @VisitId",
            new { visit.VisitId, coveredBy, by, reason }, cancellationToken);
        if (visit.CoveredBy == "door")
        {
            await change.OpenAllAsync(visit.MemberId, cancellationToken);
            if (await change.FindAsync<OwedRow>(
                $"""
                select {OwedRow.Columns} from transactions join day_passes on day_passes.transaction_id = transactions.id
                where day_passes.id = @PassId and transactions.status = 'owed' and transactions.called_off is null for update of transactions
                """, visit, cancellationToken) is { } owed)
            {
                await change.CallOffAsync(owed, reason ?? "There was a plan that day.", now, cancellationToken);
            }
        }

        change.Publish(new DayPassReturned(visit.PassId!.Value, visit.MemberId, visit.VisitId, visit.LocationId, visit.Day, coveredBy, reason, now));
    }

    private static async Task UseAsync(
        this Change change, VisitedDayRow visit, Guid passId, string coveredBy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.WriteAsync(
            "update visited_days set covered_by = @coveredBy, pass_id = @passId where visit_id = @VisitId", new { visit.VisitId, coveredBy, passId }, cancellationToken);
        var left = await change.FindAsync<int>("select days - used from day_passes where id = @passId", new { passId }, cancellationToken);
        change.Publish(new DayPassUsed(passId, visit.MemberId, visit.VisitId, visit.LocationId, visit.Day, left, now));
    }
}
