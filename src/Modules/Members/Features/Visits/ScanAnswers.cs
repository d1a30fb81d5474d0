using Portico.Members.Data;
using Portico.Members.Domain.Visits;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

/// <summary>Through which side of the door.</summary>
public enum Direction
{
    In,
    Out,
}

/// <summary>Whose pass it is, as the door greets them.</summary>
public sealed record ScannedMember(Guid Id, string Name);

/// <summary>Somebody came in or left.</summary>
/// <param name="At">When, by the device's own clock.</param>
/// <param name="Repeated">The same pass had just been read: nothing changed, and this is what the first reading was answered.</param>
public sealed record ScanResponse(Guid VisitId, ScannedMember Member, Direction Direction, DateTimeOffset At, bool Repeated);

/// <summary>Why a scan opened nothing, as the single scan's problem would say it.</summary>
public sealed record ScanRefusal(int Status, string Code, string Detail);

/// <summary>What became of one scan of many: either an answer or a problem.</summary>
public sealed record ScanResult(Guid ScanId, ScanResponse? Answer, ScanRefusal? Problem)
{
    internal static ScanResult Of(Guid scanId, DoorScanRow row) =>
        ScanAnswers.Answer(row) is { } answer ? new(scanId, answer, null) : new(scanId, null, ScanAnswers.Refusal(row.Outcome));
}

internal static class ScanAnswers
{
    public static ScanResponse? Answer(DoorScanRow row) => row.VisitId is { } visitId
        ? new(visitId, new(row.MemberId!.Value, row.MemberName!), row.Outcome == "in" ? Direction.In : Direction.Out, row.At!.Value, row.Repeated)
        : null;

    public static ScanRefusal Refusal(string code) => code switch
    {
        DoorRefusal.CodeExpired => new(410, code, "The pass had been replaced by the time it was scanned. Let the member show the present one."),
        DoorRefusal.CodeUsedElsewhere => new(409, code, "This code was just used at another location. Let the member show the next one."),
        DoorRefusal.MemberSuspended => new(403, code, "The account may not come in."),
        DoorRefusal.ProfileNotReady => new(404, code, "The account is too new. Send the same scan again in a moment."),
        DoorRefusal.ScanConflict => new(409, code, "A later scan of this member was answered otherwise already. It is kept for the staff to sort out."),
        DoorRefusal.ScanIdReused => new(422, code, "This scan_id was used for a different scan."),
        DoorRefusal.ScannedAtInFuture => new(422, code, "The device's clock is ahead: scanned_at is in the future."),
        DoorRefusal.ScannedAtTooOld => new(422, code, $"A scan has to be sent within {DoorClock.Offline.TotalDays:0} days."),
        _ => new(422, DoorRefusal.CodeInvalid, "This is not a member's pass."),
    };

    public static ProblemHttpResult Problem(string code)
    {
        var refusal = Refusal(code);
        return refusal.Status switch
        {
            403 => Problems.Forbidden(refusal.Code, refusal.Detail),
            404 => Problems.NotFound(refusal.Code, refusal.Detail),
            409 => Problems.Conflict(refusal.Code, refusal.Detail),
            410 => Problems.Gone(refusal.Code, refusal.Detail),
            _ => Problems.Unprocessable(refusal.Code, refusal.Detail),
        };
    }

    public static ProblemHttpResult WithoutLocation() =>
        Problems.Forbidden("kiosk-without-location", "Nobody has said at which location this device stands.");
}
