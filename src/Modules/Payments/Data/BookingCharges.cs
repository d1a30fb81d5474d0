using System.Globalization;
using Portico.Contracts.Bookings;
using Portico.Platform.Amounts;
using Portico.Platform.Data;

namespace Portico.Payments.Data;

/// <summary>What is owed for a booking: its price less what was paid for it and did not go back.</summary>
internal static class BookingCharges
{
    /// <summary>Makes what is owed for the booking what it should be, whatever it was. Done twice it changes nothing.</summary>
    /// <param name="price">All that it costs now.</param>
    public static async Task OweAsync(this Change change, BookedTime booking, decimal price, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owed = await change.QueryAsync<OwedRow>(
            $"select {OwedRow.Columns} from transactions where booking_id = @BookingId and status = 'owed' and called_off is null order by id for update",
            booking, cancellationToken);
        // With as many digits as the currency has: a price of 24 and a fifth of tax comes as 28.800, which nobody can pay or give back.
        var due = Money.Round(Math.Max(0, price - await change.PaidAsync(booking.BookingId, cancellationToken)), booking.Currency);
        if (owed.Sum(one => one.Amount) == due)
        {
            return;
        }

        foreach (var one in owed)
        {
            await change.CallOffAsync(one, reason, now, cancellationToken);
        }

        if (due > 0)
        {
            await change.ChargeAsync(booking.MemberId, booking, due, booking.Currency, Describe(booking), booking.TaxPercent, Ledger.Nobody, now, cancellationToken);
        }
    }

    /// <summary>Gives back some of what was paid for the booking, of the newest payment first.</summary>
    public static async Task GiveBackAsync(
        this Change change, BookedTime booking, decimal amount, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var left = Money.Round(amount, booking.Currency);
        foreach (var payment in await change.QueryAsync<PaymentRow>(
            $"select {PaymentRow.Columns} from payments where booking_id = @BookingId and status = 'succeeded' and refunded + taken < amount order by id desc for update",
            booking, cancellationToken))
        {
            var part = Math.Min(left, payment.Left);
            if (part > 0)
            {
                await change.GiveBackAsync(payment, part, reason, null, Ledger.Nobody, now, cancellationToken);
                left -= part;
            }
        }
    }

    // What came in when nothing was owed any more goes back by itself and pays for nothing.
    private static async Task<decimal> PaidAsync(this Change change, Guid bookingId, CancellationToken cancellationToken) => await change.FindAsync<decimal>(
        """
        select coalesce(sum(greatest(0, line.applied - greatest(0, refunded - (amount - line.applied)))), 0)
        from payments, lateral (select coalesce(sum(amount) filter (where live), 0) as applied from payment_lines where payment_id = payments.id) as line
        where booking_id = @bookingId and status = 'succeeded'
        """, new { bookingId }, cancellationToken);

    private static string Describe(BookedTime booking)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(booking.TimeZone);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{booking.SpaceName}, {TimeZoneInfo.ConvertTime(booking.StartsAt, zone):yyyy-MM-dd HH:mm} to {TimeZoneInfo.ConvertTime(booking.EndsAt, zone):yyyy-MM-dd HH:mm}");
    }
}
