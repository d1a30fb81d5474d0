using Dapper;
using Portico.Bookings.Data;
using Portico.Platform.Data;

namespace Portico.Bookings.Schedules;

/// <summary>Bookings that the clock has something to do with, some at a time.</summary>
internal static class DueBookings
{
    private const int AtOnce = 100;

    /// <summary>
    /// Does <paramref name="act"/> to every booking that <paramref name="where"/> names, each locked, a hundred to a transaction.
    /// What somebody else is working on, and that to which nothing could be done, is left for the next round.
    /// </summary>
    /// <param name="act">Says whether there was something to do.</param>
    /// <returns>To how many something was done.</returns>
    public static async Task<int> ForEachDueAsync(
        this Database<BookingsModule> database, string where, object parameters, Func<Change, BookingRow, Task<bool>> act, CancellationToken cancellationToken)
    {
        var (count, done, after) = (0, 0, Guid.Empty);
        do
        {
            await using var change = await database.BeginAsync(cancellationToken);
            var page = new DynamicParameters(parameters);
            page.Add("after", after);
            var due = await change.QueryAsync<BookingRow>(
                $"""
                select {BookingRow.Columns} from {BookingRow.Tables} where ({where}) and bookings.id > @after
                order by bookings.id limit {AtOnce} for no key update of bookings skip locked
                """, page, cancellationToken);
            var doneNow = 0;
            foreach (var booking in due)
            {
                doneNow += await act(change, booking) ? 1 : 0;
            }

            await change.CommitAsync(cancellationToken);
            count = due.Count;
            done += doneNow;
            after = count > 0 ? due[^1].Id : after;
        }
        while (count == AtOnce);
        return done;
    }

    /// <summary>How many <paramref name="where"/> names.</summary>
    public static Task<long> CountDueAsync(
        this Database<BookingsModule> database, string where, object parameters, CancellationToken cancellationToken) =>
        database.FindAsync<long>($"select count(*) from {BookingRow.Tables} where {where}", parameters, cancellationToken);
}
