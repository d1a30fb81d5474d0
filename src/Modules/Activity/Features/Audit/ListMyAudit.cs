using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Activity.Features.Audit;

/// <summary>Something that happened about the caller.</summary>
/// <param name="ByMe">Whether the caller did it.</param>
/// <param name="Origin">The address the caller did it from; others' are not told.</param>
public sealed record MyAuditRecord(long Number, DateTimeOffset OccurredAt, string Type, bool ByMe, string? Origin);

internal static class ListMyAudit
{
    public static async Task<Results<Ok<Page<MyAuditRecord>>, ProblemHttpResult>> Handle(
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<ActivityModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!AuditPlace.TryRead(after, out var place))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<Row>(
            $"""
            select record.number, occurred_at, recorded_at, type, coalesce(actor = @caller, false) as by_me,
                   case when actor = @caller then origin.data #>> '{JsonRoot}' end as origin
            from (
                select * from audit.records
                where subject = @caller and (@At::timestamptz is null or (recorded_at, number) < (@At, @Number::bigint))
                order by recorded_at desc, number desc limit @size + 1) as record
            left join lateral (select data from audit.personal where number = record.number and part = 'origin' limit 1) as origin on true
            order by recorded_at desc, record.number desc
            """, new { caller = user.Id, place?.At, place?.Number, size }, cancellationToken);
        var page = Paging.Cut(rows, size, last => AuditPlace.Of(last.RecordedAt, last.Number));
        return TypedResults.Ok(new Page<MyAuditRecord>(
            [.. page.Items.Select(row => new MyAuditRecord(row.Number, row.OccurredAt, row.Type, row.ByMe, row.Origin))], page.Next));
    }

    private const string JsonRoot = "{}";

    private sealed record Row(long Number, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Type, bool ByMe, string? Origin);
}
