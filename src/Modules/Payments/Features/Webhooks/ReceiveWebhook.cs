using System.Buffers;
using System.Text.Json;
using Portico.Payments.Providers.Stripe;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Payments.Features.Webhooks;

/// <summary>The event was taken, now or before: it need not be sent again.</summary>
public sealed record WebhookReceivedResponse(bool Received);

internal static class ReceiveWebhook
{
    private const int LongestBody = 256 * 1024;

    public static async Task<Results<Ok<WebhookReceivedResponse>, ProblemHttpResult, RetryableProblem>> Handle(
        HttpRequest request, WebhookSecrets secrets, ProviderEvents events, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken) is not { } body)
        {
            return Problems.TooLarge("body-too-large", "No event is as long as this.");
        }

        // Signed are the bytes as they came.
        if (secrets.SignerOf(request.Headers[WebhookSecrets.Header].ToString(), body, time.GetUtcNow()) is not { } provider)
        {
            return Problems.BadRequest("signature-invalid", "The signature is missing, wrong, or too old.");
        }

        if (Parse(body) is not { } told)
        {
            return Problems.BadRequest("malformed-event", "This is no event.");
        }

        return await events.TakeAsync(provider, told, time.GetStoredNow(), cancellationToken)
            ? TypedResults.Ok(new WebhookReceivedResponse(true))
            : Problems.Unavailable("event-too-early", "What this rests on has not been told yet. Send it again.");
    }

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > LongestBody)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ProviderEvent? Parse(byte[] body)
    {
        try
        {
            var root = JsonElement.Parse(body);
            return root.ValueKind is JsonValueKind.Object && StripeObjects.Text(root, "id") is { Length: > 0 and <= 255 } id && StripeObjects.Text(root, "type") is { Length: > 0 and <= 255 } type
                && root.TryGetProperty("created", out var created) && created.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_799
                && StripeObjects.Under(root, "data") is { } data && StripeObjects.Under(data, "object") is { } about
                ? new(id, type, DateTimeOffset.FromUnixTimeSeconds(seconds), about, root.GetRawText())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
