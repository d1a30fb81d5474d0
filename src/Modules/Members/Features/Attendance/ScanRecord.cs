using Portico.Contracts.Members;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Members.Features.Attendance;

/// <summary>A scan whose code is good.</summary>
/// <param name="Asker">Whose request it came in.</param>
internal sealed record Scan(Guid EventId, Guid MemberId, DateTimeOffset At, Asker Asker);

/// <summary>What became of a scan: <c>present</c>, <c>late</c>, or the code of a refusal.</summary>
internal sealed record ScanOutcome(
    string Outcome, string? EventName, string? Status, DateTimeOffset? FirstAt, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt)
{
    public bool Counts => Outcome is "present" or "late";
}

internal static class ScanRecord
{
    /// <summary>Records scans and tells the others, in one transaction. The outcomes are in the order of the scans.</summary>
    public static async Task<IReadOnlyList<ScanOutcome>> RecordAsync(
        this Database<MembersModule> database, IReadOnlyList<Scan> scans, CancellationToken cancellationToken)
    {
        // The order in which every transaction locks, see the functions.
        var sorted = scans.Index().OrderBy(scan => scan.Item.EventId).ThenBy(scan => scan.Item.MemberId).ToList();
        var outcomes = new ScanOutcome[scans.Count];
        await using var change = await database.BeginAsync(cancellationToken);
        await RecordFirstAsync(change, sorted, outcomes, cancellationToken);
        await RecordOthersAsync(change, sorted.FindAll(scan => outcomes[scan.Index] is null), outcomes, cancellationToken);
        foreach (var (index, scan) in sorted)
        {
            Tell(change, scan, outcomes[index]);
        }

        if (Array.Exists(outcomes, outcome => outcome.Counts))
        {
            await change.CommitAsync(cancellationToken);
        }

        return outcomes;
    }

    private static async Task RecordFirstAsync(
        Change change, List<(int Index, Scan Scan)> scans, ScanOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var (events, members, instants) = Columns(scans);
        var recorded = await change.QueryAsync<(long Nth, string Outcome, string EventName, DateTimeOffset FirstAt)>(
            "select nth, outcome, event_name, first_at from record_first_scans(@events, @members, @instants)",
            new { events, members, instants }, cancellationToken);
        foreach (var (nth, outcome, eventName, firstAt) in recorded)
        {
            outcomes[scans[(int)nth - 1].Index] = new(outcome, eventName, outcome, firstAt, null, null);
        }
    }

    private static async Task RecordOthersAsync(
        Change change, List<(int Index, Scan Scan)> scans, ScanOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (scans.Count == 0)
        {
            return;
        }

        var (events, members, instants) = Columns(scans);
        var changeIds = instants.Select(at => Guid.CreateVersion7(at)).ToArray();
        var recorded = await change.QueryAsync<ScanOutcome>(
            """
            select done.outcome, done.event_name, done.status, done.first_at, done.opens_at, done.closes_at
            from unnest(@events, @members, @instants, @changeIds) with ordinality as scan (event_id, member_id, instant, change_id, nth)
            cross join lateral record_scan(scan.event_id, scan.member_id, scan.instant, scan.change_id) as done
            order by scan.nth
            """, new { events, members, instants, changeIds }, cancellationToken);
        foreach (var ((index, _), outcome) in scans.Zip(recorded))
        {
            outcomes[index] = outcome;
        }
    }

    private static (Guid[] Events, Guid[] Members, DateTimeOffset[] Instants) Columns(List<(int Index, Scan Scan)> scans) =>
        ([.. scans.Select(scan => scan.Scan.EventId)], [.. scans.Select(scan => scan.Scan.MemberId)], [.. scans.Select(scan => scan.Scan.At)]);

    private static void Tell(Change change, Scan scan, ScanOutcome outcome)
    {
        if (outcome.Counts)
        {
            change.Publish(new AttendanceRecorded(scan.EventId, scan.MemberId, outcome.Outcome, "scan", outcome.FirstAt!.Value), scan.Asker);
        }
    }
}
