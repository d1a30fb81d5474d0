using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Data;

/// <summary>Which bookings the caller may see and act on: the own ones, and those of the locations they run.</summary>
internal static class BookingSight
{
    /// <summary>True in SQL when the booking is at a location the caller runs; takes <c>@isAdmin</c> and <c>@runner</c>.</summary>
    public const string Staff =
        """
        (@isAdmin or bookings.location_id in
            (select staff.location_id from location_staff as staff where staff.account_id = @runner and staff.duty = 'manager'))
        """;

    private const string Own = $"(bookings.member_id = @userId or {Staff})";

    /// <summary>The booking, when it is the caller's or at a location they run; null when it does not exist for them.</summary>
    public static Task<BookingRow?> FindBookingAsync(this Database<BookingsModule> database, Guid id, CurrentUser user, CancellationToken cancellationToken) =>
        database.FindAsync<BookingRow>(
            $"select {BookingRow.Columns} from {BookingRow.Tables} where bookings.id = @id and {Own}", Who(id, user), cancellationToken);

    /// <summary>The same, locked until the change ends.</summary>
    public static Task<BookingRow?> LockBookingAsync(this Change change, Guid id, CurrentUser user, CancellationToken cancellationToken) =>
        change.LockBookingAsync($"bookings.id = @id and {Own}", Who(id, user), cancellationToken);

    /// <summary>The booking, locked, when it is at a location the caller runs.</summary>
    public static Task<BookingRow?> LockAsStaffAsync(this Change change, Guid id, CurrentUser user, CancellationToken cancellationToken) =>
        change.LockBookingAsync($"bookings.id = @id and {Staff}", Who(id, user), cancellationToken);

    /// <summary>Whether the caller acts here as staff, on somebody else's booking.</summary>
    public static bool IsStaffOf(this CurrentUser user, BookingRow booking) => booking.MemberId != user.Id;

    private static object Who(Guid id, CurrentUser user) =>
        new { id, isAdmin = user.IsAdmin, userId = user.Id, runner = LocationScope.RunnerOf(user) };
}
