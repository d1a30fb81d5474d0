using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Members.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Members.Features.Events;

internal static class ListEvents
{
    /// <param name="when"><c>upcoming</c> (the default: not ended yet, next first) or <c>past</c> (latest first).</param>
    public static async Task<Results<Ok<Page<EventResponse>>, ProblemHttpResult>> Handle(
        [AllowedValues(null, "upcoming", "past")] string? when,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<MembersModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return EventProblems.WrongCursor();
        }

        var (ends, order, beyond) = when == "past" ? ("<=", "desc", "<") : (">", "asc", ">");
        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<EventRow>(
            $"""
            select {EventRow.Columns} from events
            where {EventSight.Sql} and ends_at {ends} @now
              and (@locationId::uuid is null or location_id = @locationId)
              and (@afterId::uuid is null or (starts_at, id) {beyond} (@afterStart, @afterId))
            order by starts_at {order}, id {order}
            limit @size + 1
            """,
            new
            {
                isAdmin = user.IsAdmin, userId = EventSight.RunnerOf(user), memberId = user.Id, now = time.GetUtcNow(), locationId,
                afterStart = cursor?.Instant, afterId = cursor?.Id, size,
            },
            cancellationToken);
        var page = Paging.Cut(rows, size, last => Cursor.Of(last.StartsAt, last.Id));
        return TypedResults.Ok(new Page<EventResponse>([.. page.Items.Select(EventResponse.Of)], page.Next));
    }
}
