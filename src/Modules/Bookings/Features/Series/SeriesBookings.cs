using Portico.Bookings.Data;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Series;

/// <summary>The bookings of a series.</summary>
internal static class SeriesBookings
{
    private const string Live =
        "bookings.series_id = @id and bookings.status in ('held', 'pending_approval', 'awaiting_payment', 'confirmed', 'checked_in') and bookings.ends_at > @now";

    /// <summary>All of them, also those that were called off, in order.</summary>
    public static Task<IReadOnlyList<BookingRow>> AllAsync(Database<BookingsModule> database, Guid id, CancellationToken cancellationToken) =>
        database.QueryAsync<BookingRow>(
            $"select {BookingRow.Columns} from {BookingRow.Tables} where bookings.series_id = @id order by bookings.occurrence, bookings.id",
            new { id }, cancellationToken);

    /// <summary>The same, as the change sees them.</summary>
    public static Task<IReadOnlyList<BookingRow>> AllAsync(Change change, Guid id, CancellationToken cancellationToken) => change.QueryAsync<BookingRow>(
        $"select {BookingRow.Columns} from {BookingRow.Tables} where bookings.series_id = @id order by bookings.occurrence, bookings.id",
        new { id }, cancellationToken);

    /// <summary>Those that can still take place, from a day of the series on.</summary>
    public static Task<IReadOnlyList<BookingRow>> LiveAsync(
        Change change, Guid id, DateOnly? from, DateTimeOffset now, CancellationToken cancellationToken) => change.QueryAsync<BookingRow>(
        $"""
        select {BookingRow.Columns} from {BookingRow.Tables}
        where {Live} and (@from::date is null or bookings.occurrence >= @from) order by bookings.occurrence, bookings.id
        """, new { id, from, now }, cancellationToken);

    /// <summary>
    /// The same, locked until the change ends. Locks are taken in the order of ids, as everybody takes several bookings; they
    /// are given in the order of the series.
    /// </summary>
    public static async Task<IReadOnlyList<BookingRow>> LockLiveAsync(
        Change change, Guid id, DateOnly? from, DateTimeOffset now, CancellationToken cancellationToken) =>
        [
            .. (await change.QueryAsync<BookingRow>(
                $"""
                select {BookingRow.Columns} from {BookingRow.Tables}
                where {Live} and (@from::date is null or bookings.occurrence >= @from) order by bookings.id for no key update of bookings
                """, new { id, from, now }, cancellationToken)).OrderBy(booking => booking.Occurrence),
        ];
}
