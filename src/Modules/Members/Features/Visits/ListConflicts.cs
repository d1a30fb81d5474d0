using System.ComponentModel.DataAnnotations;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

/// <summary>A scan that came late and cannot be true together with what later ones were answered.</summary>
/// <param name="ScannedAt">By the device's own clock.</param>
public sealed record ConflictResponse(
    Guid ScanId, Guid MemberId, string MemberName, Guid LocationId, string LocationName, DateTimeOffset ScannedAt, DateTimeOffset ReceivedAt);

internal static class ListConflicts
{
    public static async Task<Results<Ok<Page<ConflictResponse>>, ProblemHttpResult>> Handle(
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return VisitList.WrongCursor();
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<ConflictResponse>(
            $"""
            select scan.scan_id, scan.member_id, {VisitSql.MemberName} as member_name, scan.location_id, place.name as location_name,
                   scan.scanned_at, scan.received_at
            from door_scans as scan
            join profiles on profiles.id = scan.member_id
            join locations as place on place.id = scan.location_id
            where scan.outcome = 'scan-conflict' and {LocationScope.Sql}
              and (@afterId::uuid is null or (scan.scanned_at, scan.scan_id) < (@afterStart, @afterId))
            order by scan.scanned_at desc, scan.scan_id desc
            limit @size + 1
            """, new { isAdmin = user.IsAdmin, userId = user.Id, afterStart = cursor?.Instant, afterId = cursor?.Id, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => Cursor.Of(last.ScannedAt, last.ScanId)));
    }
}
