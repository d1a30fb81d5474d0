using Portico.Bookings.Data;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Live;
using Portico.Bookings.Domain.States;

namespace Portico.Bookings.Features.Live;

/// <summary>What became of a time.</summary>
public enum FloorState
{
    /// <summary>Nobody has it.</summary>
    Free,

    /// <summary>Kept for somebody until <c>held_until</c>, unless it is confirmed before.</summary>
    Held,

    /// <summary>Somebody's.</summary>
    Booked,

    /// <summary>Somebody is there.</summary>
    Occupied,

    /// <summary>Maintenance, for instance.</summary>
    Blocked,
}

/// <summary>A change of the floor. Never who: that a booking was not paid, say, is told to its owner and to staff only.</summary>
/// <param name="Seq">Its place among all changes, and the id of the event.</param>
/// <param name="SpaceId">What was booked or blocked.</param>
/// <param name="DeskId">Of a hot-desk area, the desk given; left out otherwise.</param>
/// <param name="State">Of the time from <paramref name="StartsAt"/> to <paramref name="EndsAt"/>.</param>
/// <param name="HeldUntil">When it comes free by itself; left out when it does not.</param>
/// <param name="Was">What it took before and no longer does, for a booking that was moved; left out otherwise.</param>
/// <param name="BookingId">Of one's own bookings, and for staff; left out otherwise.</param>
/// <param name="BookingStatus">As <paramref name="BookingId"/>.</param>
internal sealed record FloorNews(
    long Seq, DateTimeOffset At, Guid LocationId, Guid SpaceId, Guid? DeskId, FloorState State, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    DateTimeOffset? HeldUntil, FormerTime? Was, Guid? BookingId, BookingStatus? BookingStatus)
{
    /// <summary>The change in the two ways it is told.</summary>
    public static FloorEvent Tell(FloorRow row)
    {
        BookingStatus? status = row.ToStatus is { } word && row.BookingId is not null ? Words.Read<BookingStatus>(word) : null;
        var full = new FloorNews(
            row.Seq, row.At, row.LocationId, row.SpaceId, row.DeskId, StateOf(status, row.Lifted), row.StartsAt, row.EndsAt, row.HeldUntil,
            FormerTime.Of(row), row.BookingId, status);
        return new(row.Seq, row.At, row.LocationId, row.MemberId, Write(full with { BookingId = null, BookingStatus = null }), Write(full));
    }

    private static byte[] Write(FloorNews news) => StreamText.Event("floor", news.Seq, news);

    private static FloorState StateOf(BookingStatus? status, bool lifted) => status switch
    {
        null => lifted ? FloorState.Free : FloorState.Blocked,
        Domain.States.BookingStatus.CheckedIn => FloorState.Occupied,
        { } booked when booked.Lapses() => FloorState.Held,
        { } booked when booked.IsBlocking() => FloorState.Booked,
        _ => FloorState.Free,
    };
}

/// <summary>A time that a booking gave back when it was moved.</summary>
internal sealed record FormerTime(Guid SpaceId, Guid? DeskId, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    public static FormerTime? Of(FloorRow row) =>
        row.FormerSpaceId is { } space && (space, row.FormerDeskId, row.FormerStartsAt, row.FormerEndsAt) != (row.SpaceId, row.DeskId, row.StartsAt, row.EndsAt)
            ? new(space, row.FormerDeskId, row.FormerStartsAt!.Value, row.FormerEndsAt!.Value)
            : null;
}
