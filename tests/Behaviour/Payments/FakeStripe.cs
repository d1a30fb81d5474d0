using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Portico.Platform.Security;

namespace Portico.Tests.Behaviour.Payments;

/// <summary>
/// What Portico needs of Stripe, as docs.stripe.com/api has it: forms in, JSON out, one object per Idempotency-Key. It can lose its
/// answers, and tells nothing by itself: tests do that.
/// </summary>
internal sealed class FakeStripe : IAsyncDisposable
{
    public const string SecretKey = "sk_test_of_nobody";
    public const string WebhookSecret = "whsec_of_nobody";
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, JsonObject> byKey = new();
    private int losing;

    private FakeStripe(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Payment intents and refunds by id.</summary>
    public ConcurrentDictionary<string, JsonObject> Objects { get; } = new();

    /// <summary>What was wrong with requests: a missing key, version or secret.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    public Dictionary<string, string?> Settings => new()
    {
        ["Modules:Payments:Provider"] = "stripe",
        ["Modules:Payments:Stripe:Address"] = Address.ToString(),
        ["Modules:Payments:Stripe:SecretKey"] = SecretKey,
        ["Modules:Payments:Stripe:WebhookSecret"] = WebhookSecret,
        ["Modules:Payments:Stripe:PublishableKey"] = "pk_test_of_nobody",
        ["Modules:Payments:Stripe:Timeout"] = "00:00:02",
    };

    public static async Task<FakeStripe> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        var app = builder.Build();
        var stripe = new FakeStripe(app);
        app.Use(stripe.CheckAsync);
        app.MapPost("/v1/payment_intents", context => stripe.CreateAsync(context, stripe.NewIntent));
        app.MapGet("/v1/payment_intents", stripe.ListAsync);
        app.MapGet("/v1/payment_intents/{id}", stripe.ShowAsync);
        app.MapPost("/v1/payment_intents/{id}/cancel", context => stripe.CreateAsync(context, stripe.Cancel));
        app.MapPost("/v1/refunds", context => stripe.CreateAsync(context, stripe.NewRefund));
        app.MapGet("/v1/refunds", stripe.ListRefundsAsync);
        app.MapGet("/v1/refunds/{id}", stripe.ShowAsync);
        await app.StartAsync();
        stripe.Address = new(app.Urls.Single());
        return stripe;
    }

    /// <summary>Does what it is asked so many times, and never says so.</summary>
    public void LoseAnswers(int count) => Interlocked.Exchange(ref losing, count);

    /// <summary>Whether it has lost as many as it was to.</summary>
    public bool HasLostAll => Volatile.Read(ref losing) <= 0;

    /// <summary>As Stripe does after a day.</summary>
    public void ForgetKeys() => byKey.Clear();

    public JsonObject IntentOf(Guid payment) => Objects.Values.Single(one => (string?)one["metadata"]?["payment_id"] == payment.ToString());

    /// <summary>The card of its member was charged, or declined.</summary>
    public JsonObject Charge(Guid payment, string? decline = null)
    {
        var intent = IntentOf(payment);
        intent["status"] = decline is null ? "succeeded" : "requires_payment_method";
        intent["last_payment_error"] = decline is null ? null : new JsonObject { ["code"] = "card_declined", ["decline_code"] = decline };
        return intent;
    }

    /// <summary>A webhook, signed.</summary>
    public static (string Body, string Signature) Event(string type, JsonObject about, DateTimeOffset at, string? id = null, string secret = WebhookSecret)
    {
        var body = new JsonObject
        {
            ["id"] = id ?? $"evt_{Guid.CreateVersion7():N}", ["object"] = "event", ["type"] = type, ["created"] = at.ToUnixTimeSeconds(),
            ["data"] = new JsonObject { ["object"] = about.DeepClone() },
        }.ToJsonString();
        return (body, WebhookSignature.Of(body, secret, at));
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        if (headers.Authorization != $"Bearer {SecretKey}" || headers["Stripe-Version"].Count != 1
            || (HttpMethods.IsPost(context.Request.Method) && headers["Idempotency-Key"].ToString().Length == 0))
        {
            Complaints.Enqueue($"{context.Request.Method} {context.Request.Path}");
        }

        await next(context);
    }

    private async Task CreateAsync(HttpContext context, Func<HttpContext, IFormCollection, JsonObject?> make)
    {
        var form = await context.Request.ReadFormAsync();
        JsonObject? made;
        lock (byKey)
        {
            made = byKey.TryGetValue(context.Request.Headers["Idempotency-Key"].ToString(), out var known) ? known : make(context, form);
            if (made is not null)
            {
                byKey[context.Request.Headers["Idempotency-Key"].ToString()] = made;
                Objects[(string)made["id"]!] = made;
            }
        }

        if (Interlocked.Decrement(ref losing) >= 0)
        {
            context.Abort();
            return;
        }

        await AnswerAsync(context, made);
    }

    private JsonObject NewIntent(HttpContext context, IFormCollection form) => new()
    {
        ["id"] = $"pi_{Guid.CreateVersion7():N}", ["object"] = "payment_intent", ["amount"] = long.Parse(form["amount"].ToString(), CultureInfo.InvariantCulture),
        ["currency"] = form["currency"].ToString(), ["status"] = "requires_payment_method", ["client_secret"] = "pi_secret",
        ["created"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), ["metadata"] = new JsonObject { ["payment_id"] = form["metadata[payment_id]"].ToString() },
    };

    private JsonObject? Cancel(HttpContext context, IFormCollection form)
    {
        var intent = Objects[(string)context.Request.RouteValues["id"]!];
        if ((string?)intent["status"] is "succeeded" or "canceled")
        {
            return null;
        }

        intent["status"] = "canceled";
        return intent;
    }

    private JsonObject NewRefund(HttpContext context, IFormCollection form) => new()
    {
        ["id"] = $"re_{Guid.CreateVersion7():N}", ["object"] = "refund", ["amount"] = long.Parse(form["amount"].ToString(), CultureInfo.InvariantCulture),
        ["currency"] = (string)Objects[form["payment_intent"].ToString()]["currency"]!, ["payment_intent"] = form["payment_intent"].ToString(),
        ["status"] = "pending", ["metadata"] = new JsonObject { ["refund_id"] = form["metadata[refund_id]"].ToString() },
    };

    private Task ShowAsync(HttpContext context) =>
        AnswerAsync(context, Objects.GetValueOrDefault((string)context.Request.RouteValues["id"]!));

    private async Task ListAsync(HttpContext context)
    {
        // Pages of two, so that there is more than one.
        var all = Objects.Values.Where(one => (string?)one["object"] == "payment_intent").OrderBy(one => (string)one["id"]!, StringComparer.Ordinal).ToList();
        var after = context.Request.Query["starting_after"].ToString();
        var page = all.Where(one => string.CompareOrdinal((string)one["id"]!, after) > 0).ToList();
        await context.Response.WriteAsJsonAsync(new JsonObject
        {
            ["data"] = new JsonArray([.. page.Take(2).Select(one => one.DeepClone())]), ["has_more"] = page.Count > 2,
        });
    }

    private Task ListRefundsAsync(HttpContext context) => context.Response.WriteAsJsonAsync(new JsonObject
    {
        ["data"] = new JsonArray([.. Objects.Values.Where(one => (string?)one["payment_intent"] == context.Request.Query["payment_intent"].ToString()).Select(one => one.DeepClone())]),
        ["has_more"] = false,
    });

    private static async Task AnswerAsync(HttpContext context, JsonObject? answer)
    {
        if (answer is null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            answer = new JsonObject { ["error"] = new JsonObject { ["code"] = "payment_intent_unexpected_state", ["type"] = "invalid_request_error" } };
        }

        await context.Response.WriteAsJsonAsync(answer);
    }
}
