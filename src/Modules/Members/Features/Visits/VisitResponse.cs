using Portico.Members.Data;
using Portico.Platform.Web;

namespace Portico.Members.Features.Visits;

/// <summary>A stay at a location.</summary>
/// <param name="EndedAt">Null while it lasts.</param>
/// <param name="OpenedBy"><c>scan</c>, <c>staff</c>, or <c>booking</c>: the member checked in to one.</param>
/// <param name="ClosedBy"><c>scan</c>, <c>staff</c>, <c>moved</c>, <c>closing_time</c> (forgotten), <c>account_deleted</c>; null while it lasts.</param>
public sealed record VisitResponse(
    Guid Id,
    Guid MemberId,
    string MemberName,
    Guid LocationId,
    string LocationName,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string OpenedBy,
    string? OpeningReason,
    string? ClosedBy,
    string? ClosingReason);

/// <summary>Visits as they are shown.</summary>
internal static class VisitList
{
    public const string Columns =
        $"""
        visits.id, visits.member_id, {VisitSql.MemberName} as member_name, visits.location_id, locations.name as location_name,
        visits.started_at, visits.ended_at, visits.opened_by, visits.opening_reason, visits.closed_by, visits.closing_reason
        """;

    public const string Tables =
        "visits join profiles on profiles.id = visits.member_id join locations on locations.id = visits.location_id";

    /// <summary>Newest first, from the one after the cursor's; the last part of a condition.</summary>
    public const string NewestAfterCursor =
        """
        (@afterId::uuid is null or (visits.started_at, visits.id) < (@afterStart, @afterId))
        order by visits.started_at desc, visits.id desc
        limit @size + 1
        """;

    public static ProblemHttpResult WrongCursor() => Problems.Invalid("after", "This is not the `next` of a page.");

    public static Page<VisitResponse> Cut(IReadOnlyList<VisitResponse> rows, int size) =>
        Paging.Cut(rows, size, last => Cursor.Of(last.StartedAt, last.Id));
}
