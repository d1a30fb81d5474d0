using Portico.Members.Data;
using Portico.Members.Domain.Attendance;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

/// <summary>Why a roster cannot be changed like that.</summary>
internal static class RosterProblems
{
    private const int Shown = 20;

    public static ProblemHttpResult Unknown(IReadOnlyList<Guid> memberIds) =>
        Problems.Unprocessable("members-unknown", "Some of these are nobody's ids.", ("member_ids", memberIds.Take(Shown).ToArray()));

    public static ProblemHttpResult Attended(IReadOnlyList<Guid> memberIds) => Problems.Conflict(
        "attendance-recorded", "Whoever has an attendance stays on the roster.", ("member_ids", memberIds.Take(Shown).ToArray()));

    public static ProblemHttpResult TooLong() =>
        Problems.Unprocessable("roster-too-long", $"A roster names {RosterQueries.Longest} members at the most.");

    /// <summary>Null when the event has a roster that can be changed.</summary>
    public static ProblemHttpResult? RefusalOf(EventRow row) =>
        EventProblems.RefusalOf(row)
        ?? (row.Roster is RosterKind.Open ? Problems.Unprocessable("roster-is-open", "An event open to everybody has no roster.") : null);
}
