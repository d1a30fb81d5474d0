using Portico.Bookings.Domain.States;

namespace Portico.Bookings.Features.Reports;

/// <summary>The bookings that begin in these days.</summary>
public sealed record BookingCounts(long Total, IReadOnlyList<StatusCount> ByStatus);

/// <summary>How many stand like this now. What lapsed a moment ago is expired.</summary>
public sealed record StatusCount(BookingStatus Status, long Count);

/// <summary>How many of the bookings that were confirmed at some time.</summary>
/// <param name="Rate">Divided by these: those that take place, that nobody came to, or that were called off after they were confirmed; null when there are none.</param>
public sealed record Share(long Count, decimal? Rate)
{
    internal static Share Of(long count, long of) => new(count, Figures.Ratio(count, of));
}

/// <summary>How long before its beginning a booking is made, of those that were confirmed at some time.</summary>
/// <param name="Bookings">How many these are.</param>
/// <param name="MedianHours">Half of them were made later than that.</param>
/// <param name="P90Hours">One in ten was made earlier.</param>
public sealed record LeadTimes(long Bookings, decimal MedianHours, decimal P90Hours);

/// <summary>Money of the bookings that begin in these days, in one currency. <c>expected</c> is <c>paid + owed - to_return</c>.</summary>
/// <param name="Expected">What they bring: the three that follow.</param>
/// <param name="Booked">Prices of those confirmed, checked in or completed.</param>
/// <param name="KeptOfCancelled">What their cancellation kept.</param>
/// <param name="KeptOfNoShows">Prices of those nobody came to.</param>
/// <param name="Paid">What has arrived.</param>
/// <param name="Owed">What is missing.</param>
/// <param name="ToReturn">What arrived beyond what is due.</param>
public sealed record MoneyFigures(
    string Currency, decimal Expected, decimal Booked, decimal KeptOfCancelled, decimal KeptOfNoShows, decimal Paid, decimal Owed, decimal ToReturn);

/// <summary>Somebody's bookings that begin in these days, in one currency.</summary>
/// <param name="Name">Name and surname, or the user name.</param>
/// <param name="Bookings">Confirmed, checked in or completed.</param>
/// <param name="Hours">How long these are: until they were left, where that was before their end. Each counts once, however many rooms it takes.</param>
/// <param name="Expected">Prices of these and of those nobody came to, and what was kept of the cancelled.</param>
public sealed record MemberUse(
    Guid Id, string Name, string Currency, long Bookings, decimal Hours, decimal Expected, decimal Paid, decimal Owed, long Cancelled, long NoShows);

/// <summary>Somebody who uses much.</summary>
public sealed record TopByHours(Guid Id, string Name, long Bookings, decimal Hours);

/// <summary>Somebody who brings much, in one currency.</summary>
public sealed record TopByMoney(Guid Id, string Name, string Currency, decimal Expected);
