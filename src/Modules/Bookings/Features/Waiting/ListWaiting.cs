using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Waiting;

internal static class ListWaiting
{
    public static async Task<Results<Ok<Page<WaitingResponse>>, ProblemHttpResult>> Handle(
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<WaitingResponse>(
            $"""
            select {WaitingResponse.Columns} from {WaitingResponse.Tables}
            where entry.member_id = @userId and (@afterId::uuid is null or (entry.created_at, entry.id) < (@afterTime, @afterId))
            order by entry.created_at desc, entry.id desc
            limit @size + 1
            """, new { userId = user.Id, afterId = cursor?.Id, afterTime = cursor?.Instant, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => Cursor.Of(last.CreatedAt, last.Id)));
    }
}
