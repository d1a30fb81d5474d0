using Portico.Contracts.Bookings;
using Portico.Contracts.Payments;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Payments.Data;

/// <summary>A transaction as those see it who change it.</summary>
/// <param name="Fee">What it is a fee for, if it is one: it does not count to what may be owed on account.</param>
internal sealed record OwedRow(Guid Id, Guid MemberId, Guid? BookingId, decimal Amount, string Currency, string Status, string? Fee)
{
    public const string Columns = "transactions.id, transactions.member_id, transactions.booking_id, transactions.amount, transactions.currency, transactions.status, transactions.fee";

    /// <summary>Where it stands in the book while it is owed.</summary>
    public string Account => AccountOf(BookingId, Fee);

    public static string AccountOf(Guid? bookingId, string? fee) => bookingId is not null ? "due" : fee is not null ? "fees" : "receivable";
}

/// <summary>Something that is owed from now on.</summary>
/// <param name="TaxPercent">The tax in it; null for what the house says.</param>
/// <param name="Asker">Whose request it is, where others share the change.</param>
internal sealed record NewlyOwed(OwedRow Owed, string Description, decimal? TaxPercent, Guid By, Guid? LocationId = null, Asker? Asker = null);

/// <summary>What happens to what is owed. The member's accounts are open.</summary>
internal static class OwedSteps
{
    /// <summary>Something more is owed.</summary>
    /// <param name="taxPercent">The tax in it; null for what the house says.</param>
    public static Task<OwedRow> ChargeAsync(
        this Change change, Guid memberId, BookedTime? booking, decimal amount, string currency, string description, decimal? taxPercent, Guid by, DateTimeOffset now,
        CancellationToken cancellationToken, string kind = "charge", string? reason = null) =>
        change.AddOneAsync(
            new(new(Guid.CreateVersion7(now), memberId, booking?.BookingId, amount, currency, "owed", null), description, taxPercent, by, booking?.LocationId),
            kind, reason, now, cancellationToken);

    /// <summary>A fee is owed, however much is owed already.</summary>
    public static Task<OwedRow> ChargeFeeAsync(
        this Change change, Guid memberId, string fee, decimal amount, string currency, string description, decimal? taxPercent, DateTimeOffset now,
        CancellationToken cancellationToken, string kind = "charge", string? reason = null) =>
        change.AddOneAsync(
            new(new(Guid.CreateVersion7(now), memberId, null, amount, currency, "owed", fee), description, taxPercent, Ledger.Nobody), kind, reason, now, cancellationToken);

    /// <summary>All of it is owed, of however many members.</summary>
    public static async Task AddAsync(
        this Change change, IReadOnlyList<NewlyOwed> charges, string kind, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.WriteAsync(
            """
            insert into transactions (id, member_id, booking_id, fee, amount, currency, description, tax_percent, created_by, created_at)
            select id, member_id, booking_id, fee, amount, currency, description, tax_percent, created_by, @now
            from unnest(
                @ids::uuid[], @memberIds::uuid[], @bookingIds::uuid[], @fees::text[], @amounts::numeric[], @currencies::text[], @descriptions::text[],
                @taxes::numeric[], @makers::uuid[]) as charge (id, member_id, booking_id, fee, amount, currency, description, tax_percent, created_by)
            """,
            new
            {
                now,
                ids = charges.Select(charge => charge.Owed.Id).ToArray(),
                memberIds = charges.Select(charge => charge.Owed.MemberId).ToArray(),
                bookingIds = charges.Select(charge => charge.Owed.BookingId).ToArray(),
                fees = charges.Select(charge => charge.Owed.Fee).ToArray(),
                amounts = charges.Select(charge => charge.Owed.Amount).ToArray(),
                currencies = charges.Select(charge => charge.Owed.Currency).ToArray(),
                descriptions = charges.Select(charge => charge.Description).ToArray(),
                taxes = charges.Select(charge => charge.TaxPercent).ToArray(),
                makers = charges.Select(charge => charge.By).ToArray(),
            }, cancellationToken);
        await change.PostAsync(
            [.. charges.Select(charge => new Posting(
                kind, charge.Owed.MemberId, Ledger.Move(charge.Owed.Account, "revenue", charge.Owed.Id, charge.Owed.Currency, charge.Owed.Amount), charge.By, reason))],
            now, cancellationToken);
        foreach (var (owed, description, _, _, locationId, asker) in charges)
        {
            change.Publish(
                new TransactionCreated(owed.Id, owed.MemberId, owed.Amount, owed.Currency, description, now, owed.BookingId, locationId), asker);
        }
    }

    private static async Task<OwedRow> AddOneAsync(
        this Change change, NewlyOwed charge, string kind, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await change.AddAsync([charge], kind, reason, now, cancellationToken);
        return charge.Owed;
    }

    /// <summary>It is owed no longer, and was not paid.</summary>
    public static async Task CancelAsync(
        this Change change, OwedRow owed, Guid by, string? reason, DateTimeOffset now, CancellationToken cancellationToken, string kind = "cancellation")
    {
        await change.WriteAsync("update transactions set status = 'cancelled', settled_at = @now where id = @Id", new { owed.Id, now }, cancellationToken);
        await change.PostAsync(
            kind, owed.MemberId, Ledger.Move("revenue", owed.Account, owed.Id, owed.Currency, owed.Amount), by, reason, now, cancellationToken);
        change.Publish(new TransactionCancelled(owed.Id, owed.MemberId, owed.Amount, owed.Currency, reason, now));
    }

    /// <summary>
    /// Nobody wants it paid any more. Where a payment of it is under way its provider is asked to call that off, and the payment
    /// decides: the money may be on its way already.
    /// </summary>
    public static async Task CallOffAsync(this Change change, OwedRow owed, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var underWay = await change.ExecuteAsync(
            """
            update payments set unwanted = coalesce(unwanted, @reason), ask_at = @now
            where status not in ('succeeded', 'canceled') and id in (select payment_id from payment_lines where transaction_id = @Id and live)
            """, new { owed.Id, reason, now }, cancellationToken);
        if (underWay == 0)
        {
            await change.CancelAsync(owed, Ledger.Nobody, reason, now, cancellationToken);
        }
        else
        {
            await change.ExecuteAsync("update transactions set called_off = @reason where id = @Id", new { owed.Id, reason }, cancellationToken);
        }
    }
}
