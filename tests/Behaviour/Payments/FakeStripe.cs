using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
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
    private volatile string losingTo = "";
    private volatile int losing;
    private int confirmed;

    private FakeStripe(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Payment intents and refunds by id.</summary>
    public ConcurrentDictionary<string, JsonObject> Objects { get; } = new();

    /// <summary>How often a saved card was charged, be it in vain.</summary>
    public int Confirmed => Volatile.Read(ref confirmed);

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
        app.MapPost("/v1/payment_intents/{id}/confirm", context => stripe.CreateAsync(context, stripe.Confirm));
        app.MapPost("/v1/customers", context => stripe.CreateAsync(context, NewCustomer));
        app.MapDelete("/v1/customers/{id}", stripe.ForgetAsync);
        app.MapPost("/v1/setup_intents", context => stripe.CreateAsync(context, NewSetup));
        app.MapGet("/v1/setup_intents/{id}", stripe.ShowAsync);
        app.MapGet("/v1/payment_methods/{id}", stripe.ShowAsync);
        app.MapPost("/v1/payment_methods/{id}/detach", context => stripe.CreateAsync(context, stripe.Detach));
        await app.StartAsync();
        stripe.Address = new(app.Urls.Single());
        return stripe;
    }

    /// <summary>Does what it is asked so many times, and never says so.</summary>
    /// <param name="to">How the addresses end whose answers are lost; all where it is empty.</param>
    public void LoseAnswers(int count, string to = "") => (losingTo, losing) = (to, count);

    /// <summary>Whether it has lost as many as it was to.</summary>
    public bool HasLostAll => losing <= 0;

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

    /// <summary>Somebody gives a card that is saved.</summary>
    /// <param name="decline">Why it is declined whenever it is charged; null for one that works.</param>
    public JsonObject Save(Guid card, string? decline = null)
    {
        var setup = Objects.Values.Single(one => (string?)one["metadata"]?["card_id"] == card.ToString());
        var method = new JsonObject
        {
            ["id"] = $"pm_{Guid.CreateVersion7():N}", ["object"] = "payment_method", ["customer"] = (string?)setup["customer"], ["decline"] = decline,
            ["card"] = new JsonObject { ["brand"] = "visa", ["last4"] = "4242", ["exp_month"] = 8, ["exp_year"] = 2099 },
        };
        Objects[(string)method["id"]!] = method;
        (setup["status"], setup["payment_method"]) = ("succeeded", (string?)method["id"]);
        return setup;
    }

    public IReadOnlyList<JsonObject> All(string kind) => [.. Objects.Values.Where(one => (string?)one["object"] == kind)];

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

    /// <summary>Sends a webhook that is taken.</summary>
    public static async Task TellAsync(RunningPlatform platform, string type, JsonObject about)
    {
        var (body, signature) = Event(type, about, platform.Clock.GetUtcNow());
        (await SendAsync(platform, body, signature)).Expect(HttpStatusCode.OK);
    }

    /// <summary>Sends one, however it is signed.</summary>
    public static Task<Answer> SendAsync(RunningPlatform platform, string body, string signature)
    {
        var stripe = platform.Somebody();
        stripe.Headers["Stripe-Signature"] = signature;
        return stripe.SendRawAsync(HttpMethod.Post, "/webhook/stripe", Encoding.UTF8.GetBytes(body));
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

        if (context.Request.Path.Value!.EndsWith(losingTo, StringComparison.Ordinal) && Interlocked.Decrement(ref losing) >= 0)
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
        ["created"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), ["customer"] = form["customer"].FirstOrDefault(), ["metadata"] = new JsonObject { ["payment_id"] = form["metadata[payment_id]"].ToString() },
    };

    private static JsonObject NewCustomer(HttpContext context, IFormCollection form) => new()
    {
        ["id"] = $"cus_{Guid.CreateVersion7():N}", ["object"] = "customer", ["told"] = string.Join(' ', form.Keys),
    };

    private static JsonObject NewSetup(HttpContext context, IFormCollection form) => new()
    {
        ["id"] = $"seti_{Guid.CreateVersion7():N}", ["object"] = "setup_intent", ["status"] = "requires_payment_method", ["client_secret"] = "seti_secret",
        ["customer"] = form["customer"].ToString(), ["usage"] = form["usage"].ToString(), ["metadata"] = new JsonObject { ["card_id"] = form["metadata[card_id]"].ToString() },
    };

    private JsonObject Detach(HttpContext context, IFormCollection form)
    {
        var method = Objects[(string)context.Request.RouteValues["id"]!];
        method["customer"] = null;
        return method;
    }

    private JsonObject? Confirm(HttpContext context, IFormCollection form)
    {
        var intent = Objects[(string)context.Request.RouteValues["id"]!];
        var method = Objects[form["payment_method"].ToString()];
        if (form["off_session"] != "true" || (string?)method["customer"] != (string?)intent["customer"])
        {
            Complaints.Enqueue("A card is charged that is not its member's.");
        }

        if ((string?)intent["status"] is "succeeded" or "canceled")
        {
            return null;
        }

        Interlocked.Increment(ref confirmed);
        var decline = (string?)method["decline"];
        intent["status"] = decline is null ? "succeeded" : "requires_payment_method";
        intent["last_payment_error"] = decline is null ? null : new JsonObject { ["code"] = "card_declined", ["decline_code"] = decline };
        return intent;
    }

    private Task ForgetAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        foreach (var method in All("payment_method").Where(one => (string?)one["customer"] == id))
        {
            method["customer"] = null;
        }

        return AnswerAsync(context, Objects.TryRemove(id, out var gone) ? gone : null);
    }

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
        ["data"] = new JsonArray([.. All("refund").Where(one => (string?)one["payment_intent"] == (context.Request.Query["payment_intent"].FirstOrDefault() ?? (string?)one["payment_intent"])).Select(one => one.DeepClone())]),
        ["has_more"] = false,
    });

    private static async Task AnswerAsync(HttpContext context, JsonObject? answer)
    {
        if (answer is null)
        {
            var missing = !HttpMethods.IsPost(context.Request.Method);
            context.Response.StatusCode = missing ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            answer = new JsonObject { ["error"] = new JsonObject { ["code"] = missing ? "resource_missing" : "payment_intent_unexpected_state", ["type"] = "invalid_request_error" } };
        }
        else if (context.Request.Path.Value!.EndsWith("/confirm", StringComparison.Ordinal) && answer["last_payment_error"] is { } error)
        {
            // A card that is declined is an error there, with the payment in it.
            context.Response.StatusCode = StatusCodes.Status402PaymentRequired;
            answer = new JsonObject { ["error"] = new JsonObject { ["code"] = (string?)error["code"], ["type"] = "card_error", ["payment_intent"] = answer.DeepClone() } };
        }

        await context.Response.WriteAsJsonAsync(answer);
    }
}
