using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Portico.Payments.Providers.Stripe;

/// <summary>
/// Stripe's REST API: forms there, JSON back. Every write has a key of its own, so that a try whose answer was lost can be made
/// again. Its own package cannot be had everywhere Portico is built.
/// </summary>
internal sealed class StripeClient(HttpClient http, IOptions<StripeOptions> options)
{
    private const int Tries = 3;

    private static readonly ResiliencePipeline<JsonElement> Patience = new ResiliencePipelineBuilder<JsonElement>()
        .AddRetry(new RetryStrategyOptions<JsonElement>
        {
            ShouldHandle = new PredicateBuilder<JsonElement>().Handle<ProviderAwayException>(),
            MaxRetryAttempts = Tries - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            UseJitter = true,
        })
        .Build();

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new(HttpMethod.Get, path), cancellationToken);

    public Task<JsonElement> PostAsync(string path, string key, IEnumerable<(string Name, string Value)> form, CancellationToken cancellationToken) =>
        SendAsync(() => new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
            Headers = { { "Idempotency-Key", key } },
        }, cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new(HttpMethod.Delete, path), cancellationToken);

    private async Task<JsonElement> SendAsync(Func<HttpRequestMessage> ask, CancellationToken cancellationToken) =>
        await Patience.ExecuteAsync(async token => await TryAsync(ask, token), cancellationToken);

    private async Task<JsonElement> TryAsync(Func<HttpRequestMessage> ask, CancellationToken cancellationToken)
    {
        using var request = ask();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.SecretKey);
        request.Headers.Add("Stripe-Version", options.Value.Version);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var answer = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return response.IsSuccessStatusCode ? answer.RootElement.Clone() : throw Refusal(response.StatusCode, answer.RootElement);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ProviderAwayException($"Stripe did not answer: {e.Message}", e);
        }
    }

    // 409: another try with the same key is under way. 401 and 403 are our configuration, which somebody mends.
    private static Exception Refusal(HttpStatusCode status, JsonElement answer)
    {
        var error = StripeObjects.Under(answer, "error");
        var code = (error is { } told ? StripeObjects.Text(told, "code") ?? StripeObjects.Text(told, "type") : null) ?? "refused";
        return status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests || (int)status >= 500
            ? new ProviderAwayException($"Stripe answered {(int)status} ({code}).")
            : new ProviderRefusedException(code, $"Stripe answered {(int)status} ({code}).")
            {
                Declined = error is { } refusal && StripeObjects.Under(refusal, "payment_intent") is { } intent ? StripeObjects.Payment(intent) : null,
            };
    }
}
