using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Deliveries;

/// <summary>Newest first.</summary>
internal static class ListDeliveries
{
    public static async Task<Results<Ok<Page<DeliveryResponse>>, ProblemHttpResult>> Handle(
        [RegularExpression("waiting|sent|dropped|dead")] string? status, Guid? endpointId, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit,
        Database<NotificationsModule> database, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<DeliveryResponse>(
            $"""
            select {DeliveryResponse.Columns} from deliveries
            where (@status::text is null or status = @status) and (@endpointId::uuid is null or endpoint_id = @endpointId)
              and (@before::uuid is null or id < @before)
            order by id desc limit @size + 1
            """, new { status, endpointId, before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
