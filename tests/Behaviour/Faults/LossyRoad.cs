using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portico.Tests.Behaviour.Faults;

/// <summary>Passes webhooks on, most of the time: it loses some, doubles some, and of some it says that it lost them.</summary>
internal sealed class LossyRoad : IAsyncDisposable
{
    private static readonly string[] Kept = ["Content-Type", "Stripe-Signature", "Portico-Delivery", "Portico-Signature"];
    private readonly WebApplication app;
    private readonly Uri target;
    private readonly Random random;
    private readonly HttpClient client = new();
    private int lost;
    private int doubled;

    private LossyRoad(WebApplication app, Uri target, Random random) => (this.app, this.target, this.random) = (app, target, random);

    public Uri Address => new(app.Urls.Single());

    /// <summary>How often who sends did not hear that it arrived.</summary>
    public int Lost => lost;

    public int Doubled => doubled;

    public static async Task<LossyRoad> ToAsync(Uri target, Random random)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        var road = new LossyRoad(builder.Build(), target, random);
        road.app.Run(road.CarryAsync);
        await road.app.StartAsync();
        return road;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client.Dispose();
    }

    private async Task CarryAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        switch (Chance(20))
        {
            case 0:
                Lose(context, StatusCodes.Status503ServiceUnavailable);
                return;
            case 1:
                Interlocked.Increment(ref lost);
                context.Abort();
                return;
            case 2 or 3:
                Interlocked.Increment(ref doubled);
                context.Response.StatusCode = (await Task.WhenAll(PassAsync(context.Request, body), PassAsync(context.Request, body)))[0];
                return;
            case 4:
                await PassAsync(context.Request, body);
                Lose(context, StatusCodes.Status500InternalServerError);
                return;
            default:
                context.Response.StatusCode = await PassAsync(context.Request, body);
                return;
        }
    }

    private void Lose(HttpContext context, int status)
    {
        Interlocked.Increment(ref lost);
        context.Response.StatusCode = status;
    }

    private async Task<int> PassAsync(HttpRequest came, MemoryStream body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, came.Path.Value)) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var header in came.Headers.Where(header => Kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            var headers = header.Key == "Content-Type" ? request.Content.Headers : (System.Net.Http.Headers.HttpHeaders)request.Headers;
            headers.TryAddWithoutValidation(header.Key, header.Value.ToString());
        }

        try
        {
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return StatusCodes.Status502BadGateway;
        }
    }

    private int Chance(int ways)
    {
        lock (random)
        {
            return random.Next(ways);
        }
    }
}
