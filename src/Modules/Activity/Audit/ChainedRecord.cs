using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portico.Activity.Audit;

/// <summary>A record as the chain has it, with everything its hash is made of.</summary>
internal sealed record ChainedRecord(
    long Number, DateTimeOffset RecordedAt, Guid EventId, string Type, string Module, Guid? Actor, Guid Subject, DateTimeOffset OccurredAt, byte[]? OriginHash,
    byte[]? NamesHash, string? Before, string After, byte[] Previous, byte[] Hash)
{
    public const string Columns =
        """
        number, recorded_at, event_id, type, module, actor, subject, occurred_at, origin_hash, names_hash, before::text as before, after::text as after, previous, hash
        """;

    /// <summary>
    /// SHA-256 over the fields in order, each written as the number of its bytes, a colon and the text, or a dash when there is none,
    /// and a comma. The database makes the same in <c>audit.hash_of</c>; that the two agree is what the trail's check rests on.
    /// </summary>
    public byte[] ComputeHash() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
        Field(Text(Number)), Field(Micros(RecordedAt)), Field($"{EventId}"), Field(Type), Field(Module), Field(Actor?.ToString()), Field($"{Subject}"),
        Field(Micros(OccurredAt)), Field(Hex(OriginHash)), Field(Hex(NamesHash)), Field(Before), Field(After), Field(Hex(Previous)))));

    private static string Field(string? value) => value is null ? "-," : $"{Text(Encoding.UTF8.GetByteCount(value))}:{value},";

    private static string Micros(DateTimeOffset instant) => Text((instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Hex(byte[]? bytes) => bytes is null ? null : Convert.ToHexStringLower(bytes);
}
