using Portico.Bookings.Data;
using Portico.Platform.Data;

namespace Portico.Bookings.Schedules;

/// <summary>Bookings that the clock has something to do with, some at a time.</summary>
internal static class DueBookings
{
    private const int AtOnce = 100;

    /// <summary>
    /// Does <paramref name="act"/> to every booking that <paramref name="where"/> names, each locked, a hundred to a transaction.
    /// What somebody else is working on is left for the next round.
    /// </summary>
    /// <param name="where">Becomes false by the act, or the same ones would come again.</param>
    public static async Task ForEachDueAsync(
        this Database<BookingsModule> database, string where, object parameters, Func<Change, BookingRow, Task> act, CancellationToken cancellationToken)
    {
        int count;
        do
        {
            await using var change = await database.BeginAsync(cancellationToken);
            var due = await change.QueryAsync<BookingRow>(
                $"""
                select {BookingRow.Columns} from {BookingRow.Tables} where {where}
                order by bookings.id limit {AtOnce} for no key update of bookings skip locked
                """, parameters, cancellationToken);
            foreach (var booking in due)
            {
                await act(change, booking);
            }

            await change.CommitAsync(cancellationToken);
            count = due.Count;
        }
        while (count == AtOnce);
    }
}
