using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Activity.Features.Audit;

/// <summary>Newest first. Only what is asked for is in the question, so that each way to ask has a plan of its own.</summary>
internal static class ListAudit
{
    private const int MostInCsv = 100_000;

    public static async Task<Results<Ok<Page<AuditRecordResponse>>, CsvAnswer<AuditRow>, ProblemHttpResult>> Handle(
        Database<ActivityModule> database,
        CancellationToken cancellationToken,
        Guid? who = null,
        Guid? subject = null,
        [RegularExpression(@"[a-z_]+\.([a-z_]+)?")] string? type = null,
        [RegularExpression("[a-z]{1,40}")] string? module = null,
        [Range(typeof(DateTimeOffset), "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")] DateTimeOffset? from = null,
        [Range(typeof(DateTimeOffset), "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")] DateTimeOffset? to = null,
        [StringLength(200, MinimumLength = 1)] string? q = null,
        [AllowedValues(null, "json", "csv")] string? format = null,
        [StringLength(1000)] string? after = null,
        [Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        if (!AuditPlace.TryRead(after, out var place))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        List<string> conditions =
        [
            .. who is null ? [] : (string[])["actor = @who"],
            .. subject is null ? [] : (string[])["subject = @subject"],
            .. type is null ? [] : (string[])[type.EndsWith('.') ? "type like @pattern" : "type = @type"],
            .. module is null ? [] : (string[])["module = @module"],
            .. from is null ? [] : (string[])["recorded_at >= @from"],
            .. to is null ? [] : (string[])["recorded_at < @to"],
            .. q is null ? [] : (string[])["words @@ websearch_to_tsquery('simple', @q)"],
            .. place is null ? [] : (string[])["(recorded_at, number) < (@At, @Number)"],
        ];
        await using var change = await database.BeginAsync(cancellationToken);
        // A rare word is found by its index and a common one among the newest: which it is depends on the word.
        await change.WriteAsync("set local plan_cache_mode = force_custom_plan", null, cancellationToken);
        var rows = await change.QueryAsync<AuditRow>(
            AuditRow.Select($"{(conditions.Count > 0 ? $"where {string.Join(" and ", conditions)}" : "")} order by recorded_at desc, number desc limit @most"),
            new
            {
                who, subject, type, pattern = $"{type?.Replace("_", @"\_", StringComparison.Ordinal)}%", module, from, to, q, place?.At, place?.Number,
                most = format == "csv" ? MostInCsv : limit + 1,
            }, cancellationToken);
        return format == "csv"
            ? Csv(rows)
            : TypedResults.Ok(Paging.Cut([.. rows.Select(row => row.Response())], limit, last => AuditPlace.Of(last.RecordedAt, last.Number)));
    }

    private static CsvAnswer<AuditRow> Csv(IReadOnlyList<AuditRow> rows) => new(
        rows,
        "audit.csv",
        new("number", row => row.Number),
        new("occurred_at", row => row.OccurredAt),
        new("recorded_at", row => row.RecordedAt),
        new("type", row => row.Type),
        new("module", row => row.Module),
        new("actor", row => row.Actor),
        new("subject", row => row.Subject),
        new("origin", row => row.Origin),
        new("before", row => row.Before),
        new("after", row => row.After),
        new("hash", row => row.Hash));
}
