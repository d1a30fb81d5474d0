using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.DayPasses;

/// <summary>A day of a member at a location.</summary>
/// <param name="VisitId">The visit that was heard of first that day.</param>
/// <param name="Day">In the house's time zone.</param>
/// <param name="CoveredBy">
/// <c>membership</c>, <c>plan</c>, <c>staff</c>, <c>pass</c>, <c>door</c> (a pass that was charged for it), <c>house</c> (staff gave it) or <c>nothing</c>.
/// </param>
/// <param name="PassId">The pass of which a day was used.</param>
/// <param name="Reason">Why staff gave it.</param>
public sealed record VisitedDayResponse(
    Guid VisitId, Guid MemberId, Guid LocationId, DateOnly Day, DateTimeOffset CameAt, string CoveredBy, Guid? PassId, string? Reason)
{
    internal const string Columns = "visit_id, member_id, location_id, day, came_at, covered_by, pass_id, reason";
}

/// <summary>By visit, newest first.</summary>
internal static class ListVisitedDays
{
    public static Task<Results<Ok<Page<VisitedDayResponse>>, ProblemHttpResult>> HandleMine(
        [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, Database<PaymentsModule> database, CurrentUser user,
        CancellationToken cancellationToken) => ReadAsync(user.Id, after, limit, database, cancellationToken);

    public static async Task<Results<Ok<Page<VisitedDayResponse>>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, Database<PaymentsModule> database,
        CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await ReadAsync(memberId, after, limit, database, cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Results<Ok<Page<VisitedDayResponse>>, ProblemHttpResult>> ReadAsync(
        Guid memberId, string? after, int? limit, Database<PaymentsModule> database, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<VisitedDayResponse>(
            $"""
            select {VisitedDayResponse.Columns} from visited_days
            where member_id = @memberId and (@before::uuid is null or visit_id < @before)
            order by visit_id desc limit @size + 1
            """, new { memberId, before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.VisitId.ToString()));
    }
}
