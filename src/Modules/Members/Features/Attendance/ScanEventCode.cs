using System.ComponentModel.DataAnnotations;
using Portico.Members.Domain.Attendance;
using Portico.Members.Domain.Codes;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Members.Features.Attendance;

/// <summary>The text of the code that the member's camera read.</summary>
public sealed record ScanRequest([property: Required, StringLength(200)] string Code);

/// <summary>The scan counts.</summary>
public sealed record ScanResponse(Guid EventId, string EventName, AttendanceStatus Status, DateTimeOffset ScannedAt);

/// <summary>
/// A member scans an event's code. What is checked first is told first: the code (whoever holds none learns nothing of the
/// event), cancelled, already scanned (whoever is in hears it for ever, also after the end), the roster (waiting would not
/// help), the window, closed early, full. The rules and their order are in the database function <c>record_scan</c>, under a
/// lock that scans share and staff's changes take alone.
/// </summary>
internal static class ScanEventCode
{
    public static async Task<Results<Ok<ScanResponse>, ProblemHttpResult>> Handle(
        ScanRequest request, GroupCommit<MembersModule, Scan, ScanOutcome> scans, Database<MembersModule> database, CurrentUser user, SignedCode codes,
        ScanMeter meter, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var code = codes.Read(request.Code);
        if (EventCode.Refuse(code, now) is { } refused)
        {
            meter.Count(refused);
            return ScanProblems.Of(refused, null);
        }

        var scan = new Scan(code!.Value.Subject, user.Id, now, database.Asker);
        var outcome = await scans.WriteAsync(scan, database, cancellationToken);
        meter.Count(outcome.Outcome);
        return outcome.Counts
            ? TypedResults.Ok(new ScanResponse(
                scan.EventId, outcome.EventName!, outcome.Outcome == "late" ? AttendanceStatus.Late : AttendanceStatus.Present, outcome.FirstAt!.Value))
            : ScanProblems.Of(outcome.Outcome, outcome);
    }
}
