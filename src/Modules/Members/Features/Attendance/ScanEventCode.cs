using System.ComponentModel.DataAnnotations;
using Portico.Contracts.Members;
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
/// help), the window, closed early, full. The rules and their order are in the database function <c>record_scan</c>: one
/// round trip, under a lock that scans share and staff's changes take alone.
/// </summary>
internal static class ScanEventCode
{
    public static async Task<Results<Ok<ScanResponse>, ProblemHttpResult>> Handle(
        ScanRequest request, Database<MembersModule> database, CurrentUser user, SignedCode codes, ScanMeter meter, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var code = codes.Read(request.Code);
        if (EventCode.Refuse(code, now) is { } refused)
        {
            meter.Count(refused);
            return ScanProblems.Of(refused, null);
        }

        var eventId = code!.Value.Subject;
        await using var change = await database.BeginAsync(cancellationToken);
        var scan = (await change.FindAsync<Scan>(
            "select * from record_scan(@eventId, @memberId, @now, @changeId)",
            new { eventId, memberId = user.Id, now, changeId = Guid.CreateVersion7(now) }, cancellationToken))!;
        if (scan.Outcome is not ("present" or "late"))
        {
            meter.Count(scan.Outcome);
            return ScanProblems.Of(scan.Outcome, scan);
        }

        change.Publish(new AttendanceRecorded(eventId, user.Id, scan.Outcome, "scan", scan.FirstAt!.Value));
        await change.CommitAsync(cancellationToken);
        meter.Count(scan.Outcome);
        var status = scan.Outcome == "late" ? AttendanceStatus.Late : AttendanceStatus.Present;
        return TypedResults.Ok(new ScanResponse(eventId, scan.EventName!, status, scan.FirstAt.Value));
    }
}

internal sealed record Scan(
    string Outcome, string? EventName, string? Status, DateTimeOffset? FirstAt, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt);
