namespace Portico.Contracts.Bookings;

/// <summary>How much of the time in which spaces could be used they are booked. Bookings knows: opening hours are its own.</summary>
public interface IOccupancy
{
    /// <summary>
    /// Of these days, both included, in each location's calendar; of all locations when none are named. Null when that is too much to
    /// be counted at once.
    /// </summary>
    Task<OccupiedTime?> ReadAsync(DateOnly from, DateOnly to, IReadOnlyList<Guid>? locationIds, CancellationToken cancellationToken);
}

/// <summary>All spaces together.</summary>
/// <param name="BookedHours">Of bookings that are confirmed, checked in or completed, while the location is open.</param>
/// <param name="OpenHours">Of every space, by the opening hours as they are now, exceptions included.</param>
/// <param name="Hours">The same by hour of the day: 24 of them.</param>
public sealed record OccupiedTime(decimal BookedHours, decimal OpenHours, IReadOnlyList<OccupiedHour> Hours);

/// <summary>The same of one hour of the day, as the locations' clocks show it.</summary>
/// <param name="Hour">0 to 23: 8 is from 08:00 to 09:00.</param>
public sealed record OccupiedHour(int Hour, decimal BookedMinutes, decimal OpenMinutes);
