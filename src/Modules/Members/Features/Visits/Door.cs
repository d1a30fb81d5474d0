using System.Security.Cryptography;
using System.Text;
using Portico.Contracts.Auth;
using Portico.Members.Data;
using Portico.Members.Domain.Codes;
using Portico.Members.Domain.Visits;
using Portico.Platform.Data;

namespace Portico.Members.Features.Visits;

/// <summary>What a device read and when, by its own clock.</summary>
internal sealed record Reading(Guid ScanId, string Code, DateTimeOffset? ScannedAt);

/// <summary>
/// Takes scans of passes: each once, whenever and however often it is sent. The judgement, the visits, the facts and the
/// answer commit together.
/// </summary>
internal sealed class Door(Database<MembersModule> database, SignedCode codes, TimeProvider time, VisitMeter meter)
{
    public async Task<DoorScanRow> PassAsync(DoorDevice device, Reading reading, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(reading.Code));
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockScanAsync(reading.ScanId, cancellationToken);
        if (await change.FindScanAsync(reading.ScanId, cancellationToken) is { } known)
        {
            var isSame = known.KioskId == device.KioskId && hash.AsSpan().SequenceEqual(known.CodeHash);
            meter.Scanned(isSame ? "sent-again" : DoorRefusal.ScanIdReused);
            return isSame ? known : Refused(DoorRefusal.ScanIdReused);
        }

        var now = time.GetUtcNow();
        var at = DoorClock.Whole(reading.ScannedAt ?? now);
        var code = codes.Read(reading.Code);
        var answer = DoorClock.Refuse(code, at, now) is { } refusal
            ? Refused(refusal)
            : await JudgeAsync(change, device, code!.Value, at, cancellationToken);
        meter.Scanned(answer.Repeated ? "repeated" : answer.Outcome);
        if (answer.Outcome == DoorRefusal.ProfileNotReady)
        {
            // Not the scan's last word: the same one will do once the account's registration has arrived here.
            return answer;
        }

        var asked = answer with { ScanId = reading.ScanId, KioskId = device.KioskId, CodeHash = hash };
        var step = asked.MemberId is null ? (long?)null : code!.Value.Step;
        await change.InsertScanAsync(asked, device.Place.Id, step, at, now, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return asked;
    }

    private async Task<DoorScanRow> JudgeAsync(Change change, DoorDevice device, Code code, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var place = device.Place;
        if (await change.LockVisitorAsync(code.Subject, cancellationToken) is not { } visitor)
        {
            return Refused(DoorRefusal.ProfileNotReady);
        }

        if (visitor.Role == Roles.Kiosk)
        {
            return Refused(DoorRefusal.CodeInvalid);
        }

        if (visitor.WasSuspendedAt(at))
        {
            return Refused(DoorRefusal.MemberSuspended, visitor);
        }

        var prior = await change.FindReadingAsync(visitor.Id, code.Step, place.Id, at, DoorClock.OneReading, cancellationToken);
        if (prior is not null)
        {
            return prior.LocationId == place.Id
                ? Let(visitor, prior.Outcome, prior.VisitId, prior.At) with { Repeated = true }
                : Refused(DoorRefusal.CodeUsedElsewhere, visitor);
        }

        var (current, next) = await change.VisitsAroundAsync(visitor.Id, at, cancellationToken);
        var passage = new Passage(place.Id, at, ClosingTime.After(at, place.TimeZone, place.ClosesAt));
        var decision = DoorRule.Decide(passage, current, next);
        if (decision == DoorDecision.Conflict)
        {
            return Refused(DoorRefusal.ScanConflict, visitor);
        }

        var visitId = await change.ApplyAsync(visitor.Id, passage, decision, current, Actor.Kiosk(device.KioskId), time, cancellationToken);
        return Let(visitor, decision.Begins is null ? "out" : "in", visitId, at);
    }

    private static DoorScanRow Let(Visitor visitor, string outcome, Guid visitId, DateTimeOffset at) =>
        new(default, default, [], visitor.Id, visitor.Name, outcome, false, visitId, at);

    private static DoorScanRow Refused(string code, Visitor? visitor = null) =>
        new(default, default, [], visitor?.Id, visitor?.Name, code, false, null, null);
}
