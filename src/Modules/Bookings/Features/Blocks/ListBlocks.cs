using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Blocks;

/// <summary>Blocks of the locations the caller runs that are not over, the next first; from another time on when asked.</summary>
internal static class ListBlocks
{
    public static async Task<Results<Ok<Page<BlockResponse>>, ProblemHttpResult>> Handle(
        [FromQuery(Name = "location_id")] Guid? locationId,
        [FromQuery(Name = "space_id")] Guid? spaceId,
        DateTimeOffset? from,
        DateTimeOffset? to,
        bool? lifted,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Cursor.TryReadInstant(after, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<Row>(
            $"""
            select blocks.id, blocks.location_id, blocks.space_id, spaces.name as space_name, blocks.starts_at, blocks.ends_at, blocks.reason,
                   blocks.created_by, blocks.created_at, blocks.lifted_at
            from (select * from blocks where {LocationScope.Sql}) as blocks
            join spaces on spaces.id = blocks.space_id
            where blocks.ends_at > @from and (@to::timestamptz is null or blocks.starts_at < @to)
              and (@lifted or blocks.lifted_at is null)
              and (@locationId::uuid is null or blocks.location_id = @locationId)
              and (@spaceId::uuid is null or blocks.space_id = @spaceId)
              and (@afterId::uuid is null or (blocks.starts_at, blocks.id) > (@afterStart, @afterId))
            order by blocks.starts_at, blocks.id
            limit @size + 1
            """,
            new
            {
                locationId, spaceId, from = from ?? time.GetStoredNow(), to, lifted = lifted is true, size, afterStart = cursor?.Instant, afterId = cursor?.Id,
                isAdmin = user.IsAdmin, userId = LocationScope.RunnerOf(user),
            }, cancellationToken);
        var page = Paging.Cut(rows, size, last => Cursor.Of(last.StartsAt, last.Id));
        return TypedResults.Ok(new Page<BlockResponse>([.. page.Items.Select(row => row.ToResponse())], page.Next));
    }

    private sealed record Row(
        Guid Id, Guid LocationId, Guid SpaceId, string SpaceName, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason, Guid CreatedBy,
        DateTimeOffset CreatedAt, DateTimeOffset? LiftedAt)
    {
        public BlockResponse ToResponse() => new(Id, LocationId, new(SpaceId, SpaceName), StartsAt, EndsAt, Reason, CreatedBy, CreatedAt, LiftedAt);
    }
}
