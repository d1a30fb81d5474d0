using Portico.Platform.Data;

namespace Portico.Members.Data;

/// <summary>A scan at a door and what it was answered. <c>Outcome</c> is <c>in</c>, <c>out</c> or the code of the refusal.</summary>
internal sealed record DoorScanRow(
    Guid ScanId, Guid KioskId, byte[] CodeHash, Guid? MemberId, string? MemberName, string Outcome, bool Repeated, Guid? VisitId, DateTimeOffset? At);

/// <summary>The door's book: one line per scan id, for ever the same.</summary>
internal static class DoorScanSql
{
    // Read with the name as it is now: once somebody is gone, sending an old scan again does not tell who it was.
    private const string Read =
        $"""
        select scan.scan_id, scan.kiosk_id, scan.code_hash, scan.member_id, {VisitSql.MemberName} as member_name,
               scan.outcome, scan.repeated, scan.visit_id, scan.at
        from door_scans as scan
        left join profiles on profiles.id = scan.member_id
        """;

    /// <summary>Makes those who send one scan at the same time queue, whatever is in it.</summary>
    public static Task LockScanAsync(this Change change, Guid scanId, CancellationToken cancellationToken) =>
        change.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@scanId::text, 2))", new { scanId }, cancellationToken);

    public static Task<DoorScanRow?> FindScanAsync(this Change change, Guid scanId, CancellationToken cancellationToken) =>
        change.FindAsync<DoorScanRow>($"{Read} where scan.scan_id = @scanId", new { scanId }, cancellationToken);

    /// <summary>
    /// An earlier reading of the same code, wherever it was; or of an earlier or later code of the same member at the same door
    /// within <paramref name="within"/>.
    /// </summary>
    public static Task<PriorReading?> FindReadingAsync(
        this Change change, Guid memberId, long step, Guid locationId, DateTimeOffset at, TimeSpan within, CancellationToken cancellationToken) =>
        change.FindAsync<PriorReading>(
            """
            select outcome, visit_id, at, location_id from door_scans
            where member_id = @memberId and visit_id is not null and not repeated
              and (step = @step or (location_id = @locationId and scanned_at > @from and scanned_at < @until))
            order by (step = @step) desc, scanned_at desc
            limit 1
            """, new { memberId, step, locationId, from = at - within, until = at + within }, cancellationToken);

    public static Task InsertScanAsync(
        this Change change, DoorScanRow scan, Guid locationId, long? step, DateTimeOffset scannedAt, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        change.ExecuteAsync(
            """
            insert into door_scans (scan_id, kiosk_id, location_id, code_hash, member_id, step, scanned_at, received_at, outcome, repeated, visit_id, at)
            values (@ScanId, @KioskId, @locationId, @CodeHash, @MemberId, @step, @scannedAt, @receivedAt, @Outcome, @Repeated, @VisitId, @At)
            """,
            new
            {
                scan.ScanId, scan.KioskId, locationId, scan.CodeHash, scan.MemberId, step, scannedAt, receivedAt,
                scan.Outcome, scan.Repeated, scan.VisitId, scan.At,
            }, cancellationToken);
}

/// <summary>What the first reading of a code did.</summary>
internal sealed record PriorReading(string Outcome, Guid VisitId, DateTimeOffset At, Guid LocationId);
