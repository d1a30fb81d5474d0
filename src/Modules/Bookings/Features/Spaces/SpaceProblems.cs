using Portico.Bookings.Data;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Spaces;

/// <summary>What several features say about a space.</summary>
internal static class SpaceProblems
{
    public static ProblemHttpResult NameTaken() => Problems.Conflict("space-name-taken", "The location has a space with this name.");

    public static ProblemHttpResult Retired() => Problems.Conflict("space-retired", "The space is retired: nothing about it changes any more.");

    public static ProblemHttpResult AreaUnfit() =>
        Problems.Unprocessable("area-unfit", "A desk without parts can be in a hot-desk area of its location, while that is not retired.");

    /// <summary>Bookings that are still to come, or going on, and blocks.</summary>
    public static ProblemHttpResult HasBookings(IReadOnlyList<LiveBooking> bookings, IReadOnlyList<Guid>? blocks = null) => Problems.Conflict(
        "space-has-bookings", "It is booked or blocked in times to come: move or cancel what is there first.",
        ("count", bookings.Count), ("bookings", BookingAhead.Of(bookings)), ("block_ids", blocks ?? []));
}
