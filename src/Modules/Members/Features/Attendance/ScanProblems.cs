using Portico.Members.Features.Events;
using Portico.Platform.Web;

namespace Portico.Members.Features.Attendance;

/// <summary>Why a scan does not count, in words.</summary>
internal static class ScanProblems
{
    public static ProblemHttpResult Of(string outcome, ScanOutcome? scan) => outcome switch
    {
        "code-expired" => Problems.Gone(outcome, "This code has been replaced on the screen. Scan the one that is there now."),
        "event-cancelled" => Problems.Conflict(outcome, "The event was cancelled."),
        "already-scanned" => Problems.Conflict(
            outcome, "Your attendance is recorded already.", ("first_scanned_at", scan!.FirstAt), ("attendance", scan.Status)),
        "not-on-roster" => Problems.Forbidden(outcome, "You are not on the roster of this event."),
        "check-in-not-open" => EventProblems.NotOpenYet(scan!.OpensAt),
        "check-in-closed" => Problems.Conflict(outcome, "The event's check-in is over.", ("closed_at", scan!.ClosesAt)),
        "event-closed" => Problems.Conflict(outcome, "The event was closed."),
        "event-full" => Problems.Conflict(outcome, "As many as the event can hold are there already."),
        _ => Problems.Unprocessable("code-invalid", "This is not the code of an event."),
    };
}
