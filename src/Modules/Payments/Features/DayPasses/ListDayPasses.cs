using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Payments.Data;
using Portico.Payments.Features.Transactions;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Payments.Features.DayPasses;

/// <summary>Newest first.</summary>
internal static class ListDayPasses
{
    public static Task<Results<Ok<Page<DayPassResponse>>, ProblemHttpResult>> HandleMine(
        [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, Database<PaymentsModule> database, HouseClock clock, CurrentUser user,
        CancellationToken cancellationToken) => ReadAsync(user.Id, after, limit, database, clock, cancellationToken);

    public static async Task<Results<Ok<Page<DayPassResponse>>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, Database<PaymentsModule> database,
        HouseClock clock, CancellationToken cancellationToken) =>
        await database.KnowsAsync(memberId, cancellationToken)
            ? await ReadAsync(memberId, after, limit, database, clock, cancellationToken)
            : TransactionProblems.NoMember();

    private static async Task<Results<Ok<Page<DayPassResponse>>, ProblemHttpResult>> ReadAsync(
        Guid memberId, string? after, int? limit, Database<PaymentsModule> database, HouseClock clock, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<DayPassResponse>(
            $"""
            select {DayPassResponse.Columns} from {DayPassResponse.Tables}
            where pass.member_id = @memberId and (@before::uuid is null or pass.id < @before)
            order by pass.id desc limit @size + 1
            """, new { memberId, before, size, today = clock.DayOf(clock.Now) }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
