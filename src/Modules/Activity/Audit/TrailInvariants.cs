using Portico.Platform.Data;

namespace Portico.Activity.Audit;

/// <summary>What is true of the trail without walking through it: <see cref="AuditChain"/> proves the hashes.</summary>
internal static class TrailInvariants
{
    public static readonly IReadOnlyList<Invariant> All =
    [
        new(
            "every fact is in the trail once",
            "select format('fact %s is there %s times', event_id, count(*)) from audit.records group by event_id having count(*) > 1"),
        new(
            "the trail has no gaps",
            """
            select format('from %s to %s there are %s records', anchor.number + 1, head.number, found.records)
            from audit.head, audit.anchor, (select count(*) as records, max(number) as last from audit.records) as found
            where found.records <> head.number - anchor.number or found.last is distinct from nullif(head.number, anchor.number)
            """),
        new(
            "nothing is kept of who was forgotten",
            "select format('%s of record %s', part, number) from audit.personal join audit.forgotten using (person)"),
    ];
}
