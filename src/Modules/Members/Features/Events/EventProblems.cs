using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

/// <summary>What several features say about an event they cannot work with.</summary>
internal static class EventProblems
{
    public static ProblemHttpResult NotFound() => Problems.NotFound("event-not-found", "There is no such event.");

    public static ProblemHttpResult WrongCursor() => Problems.Invalid("after", "This is not the `next` of a page.");

    /// <summary>Null while the event can still be changed.</summary>
    public static ProblemHttpResult? RefusalOf(EventRow row) => row.State switch
    {
        EventState.Cancelled => Cancelled(row),
        EventState.Closed => Problems.Conflict("event-closed", "The event is closed.", ("closed_at", row.ClosedAt)),
        _ => null,
    };

    public static ProblemHttpResult Cancelled(EventRow row) =>
        Problems.Conflict("event-cancelled", "The event was cancelled.", ("cancelled_at", row.CancelledAt));

    public static ProblemHttpResult NotOpenYet(DateTimeOffset? opensAt) =>
        Problems.Conflict("check-in-not-open", "The event's check-in has not begun.", ("opens_at", opensAt));
}
