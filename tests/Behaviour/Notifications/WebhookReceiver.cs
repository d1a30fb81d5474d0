using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portico.Tests.Behaviour.Notifications;

/// <summary>Something that came to a receiver.</summary>
internal sealed record Call(string Path, string Delivery, string Signature, string Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>Worked out here anew, as the manual says.</summary>
    public bool IsSignedWith(string secret)
    {
        var parts = Signature.Split(',');
        var seconds = parts[0]["t=".Length..];
        return parts[1] == $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{Body}")))}";
    }
}

/// <summary>A server that is told of facts, and answers as it is told to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookReceiver(WebApplication app) => this.app = app;

    public int Answer { get; set; } = StatusCodes.Status200OK;

    public ConcurrentQueue<Call> Calls { get; } = [];

    public string Url => $"{app.Urls.Single()}/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(receiver.TakeAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Calls.Enqueue(new(context.Request.Path, context.Request.Headers["Portico-Delivery"].ToString(), context.Request.Headers["Portico-Signature"].ToString(), body));
        context.Response.StatusCode = Answer;
        context.Response.Headers.Location = "/elsewhere";
    }
}
