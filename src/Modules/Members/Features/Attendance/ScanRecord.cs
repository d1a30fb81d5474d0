using System.Diagnostics;
using Portico.Contracts.Members;
using Portico.Platform.Data;

namespace Portico.Members.Features.Attendance;

/// <summary>A scan whose code is good.</summary>
/// <param name="Trace">The request it came in.</param>
internal sealed record Scan(Guid EventId, Guid MemberId, DateTimeOffset At, Activity? Trace);

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
        // The order in which every transaction locks, see the function.
        var sorted = scans.Index().OrderBy(scan => scan.Item.EventId).ThenBy(scan => scan.Item.MemberId).ToArray();
        await using var change = await database.BeginAsync(cancellationToken);
        var recorded = await change.QueryAsync<ScanOutcome>(
            """
            select done.outcome, done.event_name, done.status, done.first_at, done.opens_at, done.closes_at
            from unnest(@events, @members, @instants, @changeIds) with ordinality as scan (event_id, member_id, instant, change_id, nth)
            cross join lateral record_scan(scan.event_id, scan.member_id, scan.instant, scan.change_id) as done
            order by scan.nth
            """,
            new
            {
                events = sorted.Select(scan => scan.Item.EventId).ToArray(),
                members = sorted.Select(scan => scan.Item.MemberId).ToArray(),
                instants = sorted.Select(scan => scan.Item.At).ToArray(),
                changeIds = sorted.Select(scan => Guid.CreateVersion7(scan.Item.At)).ToArray(),
            },
            cancellationToken);
        var outcomes = new ScanOutcome[scans.Count];
        foreach (var ((index, scan), outcome) in sorted.Zip(recorded))
        {
            outcomes[index] = outcome;
            Tell(change, scan, outcome);
        }

        if (Array.Exists(outcomes, outcome => outcome.Counts))
        {
            await change.CommitAsync(cancellationToken);
        }

        return outcomes;
    }

    private static void Tell(Change change, Scan scan, ScanOutcome outcome)
    {
        if (outcome.Counts)
        {
            // The fact belongs to the request of its own scan, whoever writes it down.
            Activity.Current = scan.Trace;
            change.Publish(new AttendanceRecorded(scan.EventId, scan.MemberId, outcome.Outcome, "scan", outcome.FirstAt!.Value));
        }
    }
}
