using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Platform.Messaging;

/// <summary>
/// Where neighbours deliver facts when there is no broker. It answers what became of those it tried, a
/// <see cref="DeliveryReport"/> each: they are in order, and where one is not taken, later ones of its key are not tried.
/// </summary>
internal static class EventInbox
{
    public const string Path = "/internal/events";

    public static void MapEventInbox(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, ReceiveAsync).RequireAuthorization(Policies.Service).ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(HttpRequest request, [FromServices] DirectDelivery delivery, CancellationToken cancellationToken)
    {
        IReadOnlyList<EventEnvelope> facts;
        try
        {
            facts = await EventBatch.ReadAsync(request.Body, cancellationToken);
        }
        catch (JsonException)
        {
            return Problems.BadRequest("malformed-event", "It is no list of CloudEvents, or an attribute is missing or malformed.");
        }

        return TypedResults.Ok((await delivery.DeliverHereAsync(facts, cancellationToken)).Select(DeliveryReport.Of));
    }
}
