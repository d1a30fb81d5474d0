using Portico.Members.Domain.Codes;

namespace Portico.Members.Domain.Visits;

/// <summary>Which readings of a pass count, by the door device's own clock.</summary>
internal static class DoorClock
{
    /// <summary>How far ahead a device's clock may be.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    /// <summary>How long a device may keep its scans while it is offline.</summary>
    public static readonly TimeSpan Offline = TimeSpan.FromDays(7);

    /// <summary>
    /// A phone held in front of the camera a moment too long: within this time the same member at the same door is one reading,
    /// though the pass has changed its code in between.
    /// </summary>
    public static readonly TimeSpan OneReading = TimeSpan.FromSeconds(10);

    /// <summary>Why the code does not count, as a problem's code; null when it does.</summary>
    public static string? Refuse(Code? code, DateTimeOffset scannedAt, DateTimeOffset now) => code switch
    {
        not { Kind: CodeKind.Pass } => DoorRefusal.CodeInvalid,
        _ when scannedAt > now + Ahead => DoorRefusal.ScannedAtInFuture,
        _ when scannedAt < now - Offline => DoorRefusal.ScannedAtTooOld,
        { Step: var step } when !CodeSteps.IsGood(step, scannedAt) => DoorRefusal.CodeExpired,
        _ => null,
    };

    /// <summary>The instant in whole milliseconds: what is compared later must be what was stored.</summary>
    public static DateTimeOffset Whole(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
