using System.Security.Cryptography;
using System.Text;
using Portico.Platform.Data;

namespace Portico.Activity.Audit;

/// <summary>What a walk through the trail found.</summary>
/// <param name="Records">How many follow each other unbroken.</param>
/// <param name="Fault">What is wrong with the first that is broken; null when nothing is.</param>
internal sealed record ChainProof(long Records, DateTimeOffset? From, DateTimeOffset? To, string LastHash, string? Fault);

/// <summary>Proves that the trail is what was written: nothing changed, removed, added or moved since.</summary>
internal sealed class AuditChain(Database<ActivityModule> database)
{
    private const int AtOnce = 5000;

    public async Task<ChainProof> VerifyAsync(CancellationToken cancellationToken)
    {
        // The end first: what is added meanwhile is not looked at.
        var ends = await database.FindAsync<Ends>(
            """
            select head.number, head.hash, anchor.number as from_number, anchor.hash as from_hash,
                   (select count(*) from audit.records where number <= head.number) as records
            from audit.head, audit.anchor
            """, null, cancellationToken) ?? throw new InvalidOperationException("The trail has no ends.");
        var (number, hash) = (ends.FromNumber, ends.FromHash);
        DateTimeOffset? from = null, to = null;
        while (await ReadAsync(number, ends.Number, cancellationToken) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                if (FaultOf(record, number, hash) is { } fault)
                {
                    return Proof(fault);
                }

                (number, hash, from, to) = (record.Number, record.Hash, from ?? record.RecordedAt, record.RecordedAt);
            }

            if (await ChangedNameAsync(records[0].Number, number, cancellationToken) is { } changed)
            {
                return Proof($"record {changed}: the name or address beside it was changed");
            }
        }

        return Proof(
            number != ends.Number ? $"record {number + 1} is missing, and all after it until {ends.Number}"
            : !hash.AsSpan().SequenceEqual(ends.Hash) ? $"record {number} is not the one that the chain ends with"
            : ends.Records != number - ends.FromNumber ? $"there are {ends.Records} records where {number - ends.FromNumber} belong"
            : null);

        ChainProof Proof(string? fault) => new(number - ends.FromNumber, from, to, Convert.ToHexStringLower(hash), fault);
    }

    private Task<IReadOnlyList<ChainedRecord>> ReadAsync(long after, long until, CancellationToken cancellationToken) => database.QueryAsync<ChainedRecord>(
        $"select {ChainedRecord.Columns} from audit.records where number > @after and number <= @until order by number, recorded_at limit @AtOnce",
        new { after, until, AtOnce }, cancellationToken);

    private static string? FaultOf(ChainedRecord record, long before, byte[] hashBefore) =>
        record.Number > before + 1 ? $"record {before + 1} is missing; the next one is {record.Number} of {record.RecordedAt:u}"
        : record.Number <= before ? $"record {record.Number} of {record.RecordedAt:u} is there twice"
        : !record.Previous.AsSpan().SequenceEqual(hashBefore) ? $"record {record.Number} of {record.RecordedAt:u} does not follow the one before it"
        : !record.ComputeHash().AsSpan().SequenceEqual(record.Hash) ? $"record {record.Number} of {record.RecordedAt:u} was changed"
        : null;

    // Those that were forgotten are not there to be looked at; those that are there are what was hashed.
    private async Task<long?> ChangedNameAsync(long from, long to, CancellationToken cancellationToken)
    {
        var kept = await database.QueryAsync<KeptPart>(
            """
            select personal.number, salt, data::text as data, case part when 'origin' then origin_hash else names_hash end as hash
            from audit.personal left join audit.records as record on record.number = personal.number
            where personal.number between @from and @to order by personal.number
            """, new { from, to }, cancellationToken);
        return kept.FirstOrDefault(part => part.Hash is null
            || !SHA256.HashData([.. part.Salt, .. Encoding.UTF8.GetBytes(part.Data)]).AsSpan().SequenceEqual(part.Hash))?.Number;
    }

    private sealed record Ends(long Number, byte[] Hash, long FromNumber, byte[] FromHash, long Records);

    private sealed record KeptPart(long Number, byte[] Salt, string Data, byte[]? Hash);
}
