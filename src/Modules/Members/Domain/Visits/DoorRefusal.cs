namespace Portico.Members.Domain.Visits;

/// <summary>Why a scan at a door opens nothing: the codes of the problems.</summary>
internal static class DoorRefusal
{
    public const string CodeInvalid = "code-invalid";
    public const string CodeExpired = "code-expired";
    public const string CodeUsedElsewhere = "code-used-elsewhere";
    public const string MemberSuspended = "member-suspended";
    public const string ProfileNotReady = "profile-not-ready";
    public const string ScanConflict = "scan-conflict";
    public const string ScanIdReused = "scan-id-reused";
    public const string ScannedAtInFuture = "scanned-at-in-future";
    public const string ScannedAtTooOld = "scanned-at-too-old";
}
