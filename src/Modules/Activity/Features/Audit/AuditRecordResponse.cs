using System.Text.Json;

namespace Portico.Activity.Features.Audit;

/// <summary>Something that happened.</summary>
/// <param name="Number">Its place in the trail, without gaps.</param>
/// <param name="Module">Whose fact it is.</param>
/// <param name="Actor">Whose request did it; null: nobody was signed in, or the clock did it.</param>
/// <param name="Subject">Whom or what it is about.</param>
/// <param name="Origin">The address the request came from; null where there was none, or the person was forgotten.</param>
/// <param name="Before">What was so until then, where the fact tells it.</param>
/// <param name="After">What the fact says.</param>
/// <param name="Hash">SHA-256 over the record and the hash of the one before, in hexadecimal.</param>
public sealed record AuditRecordResponse(
    long Number, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Type, string Module, Guid? Actor, Guid Subject, string? Origin, JsonElement? Before,
    JsonElement After, string Hash);

internal sealed record AuditRow(
    long Number, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Type, string Module, Guid? Actor, Guid Subject, string? Origin, string? Before,
    string After, string Hash)
{
    /// <summary>
    /// Those that the condition finds, with the names of those who are not forgotten. What is found is cut to its length first, and what is
    /// personal asked for by its key after that, whatever the planner thinks of how much there is of it.
    /// </summary>
    public static string Select(string conditionAndLength) =>
        $$"""
        select record.number, occurred_at, recorded_at, type, module, actor, subject, origin.data #>> '{}' as origin,
               (before || coalesce(names.data -> 'before', '{}'))::text as before, (after || coalesce(names.data -> 'after', '{}'))::text as after,
               encode(hash, 'hex') as hash
        from (select * from audit.records {{conditionAndLength}}) as record
        left join lateral (select data from audit.personal where number = record.number and part = 'origin' limit 1) as origin on true
        left join lateral (select data from audit.personal where number = record.number and part = 'names' limit 1) as names on true
        order by recorded_at desc, record.number desc
        """;

    public AuditRecordResponse Response() => new(
        Number, OccurredAt, RecordedAt, Type, Module, Actor, Subject, Origin, Before is null ? null : JsonElement.Parse(Before), JsonElement.Parse(After), Hash);
}
