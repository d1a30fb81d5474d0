using System.ComponentModel.DataAnnotations;
using Portico.Platform.Data;
using Portico.Platform.Web;

namespace Portico.Notifications.Features.Webhooks;

/// <summary>A time something was sent.</summary>
/// <param name="DeliveryId">What was sent. It stands in the header <c>Portico-Delivery</c>.</param>
/// <param name="StatusCode">Null when there was no answer.</param>
/// <param name="Failure">Null when it was taken; <c>not_taken</c>, <c>timeout</c>, <c>address_refused</c>, <c>name_unknown</c>, <c>tls_failed</c>, <c>unreachable</c> or <c>no_answer</c>.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record AttemptResponse(Guid Id, Guid DeliveryId, string Type, DateTimeOffset At, int? StatusCode, string? Failure, int Milliseconds);

internal static class ListAttempts
{
    public static async Task<Results<Ok<Page<AttemptResponse>>, ProblemHttpResult>> Handle(
        Guid id, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit, Database<NotificationsModule> database,
        CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        if (!await database.FindAsync<bool>("select exists (select from webhook_endpoints where id = @id)", new { id }, cancellationToken))
        {
            return WebhookProblems.NotFound();
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<AttemptResponse>(
            """
            select id, delivery_id, type, at, status_code, failure, milliseconds from webhook_attempts
            where endpoint_id = @id and (@before::uuid is null or id < @before) order by id desc limit @size + 1
            """, new { id, before, size }, cancellationToken);
        return TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }
}
