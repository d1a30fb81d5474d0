using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Platform.Messaging;

/// <summary>Where neighbours deliver facts when there is no broker. CloudEvents 1.0, HTTP binding, binary mode.</summary>
internal static class EventInbox
{
    public const string Path = "/internal/events";

    public static void MapEventInbox(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, ReceiveAsync).RequireAuthorization(Policies.Service).ExcludeFromDescription();

    public static void WriteAttributes(HttpRequestHeaders headers, EventEnvelope fact)
    {
        headers.Add("ce-specversion", "1.0");
        headers.Add("ce-id", fact.Id.ToString());
        headers.Add("ce-type", fact.Type);
        headers.Add("ce-source", fact.Source);
        headers.Add("ce-time", fact.OccurredAt.ToString("O", CultureInfo.InvariantCulture));
        headers.Add("ce-topic", fact.Topic);
        headers.Add("ce-partitionkey", fact.Key.ToString());
        if (fact.TraceParent is not null)
        {
            headers.Add("ce-traceparent", fact.TraceParent);
        }

        if (fact.Actor is { } actor)
        {
            headers.Add("ce-actor", actor.ToString());
        }

        if (fact.Origin is not null)
        {
            headers.Add("ce-origin", fact.Origin);
        }
    }

    private static async Task<IResult> ReceiveAsync(HttpRequest request, [FromServices] DirectDelivery delivery, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var payload = await reader.ReadToEndAsync(cancellationToken);
        if (Read(request.Headers, payload) is not { } fact)
        {
            return Problems.BadRequest("malformed-event", "A CloudEvents attribute is missing or malformed.");
        }

        try
        {
            await delivery.DeliverHereAsync(fact, cancellationToken);
            return TypedResults.NoContent();
        }
        catch (MalformedFactException e)
        {
            return Problems.BadRequest("malformed-event", e.Message);
        }
    }

    private static EventEnvelope? Read(IHeaderDictionary headers, string payload) =>
        Guid.TryParse(headers["ce-id"], out var id) && Guid.TryParse(headers["ce-partitionkey"], out var key)
        && DateTimeOffset.TryParse(headers["ce-time"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var occurredAt)
        && headers["ce-type"].ToString() is { Length: > 0 } type
            ? new(id, type, headers["ce-topic"].ToString(), key, headers["ce-source"].ToString(), occurredAt,
                Empty(headers["ce-traceparent"]), payload, Guid.TryParse(headers["ce-actor"], out var actor) ? actor : null, Empty(headers["ce-origin"]))
            : null;

    private static string? Empty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
