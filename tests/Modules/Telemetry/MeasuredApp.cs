using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Platform.Telemetry;

namespace Portico.Tests.Modules.Telemetry;

/// <summary>A small application under the platform's telemetry, on a port of its own.</summary>
internal sealed class MeasuredApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private MeasuredApp(WebApplication app)
    {
        this.app = app;
        Client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<MeasuredApp> StartAsync(params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddCommandLine(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddPlatformTelemetry();
        builder.Logging.ClearProviders();

        var app = builder.Build();
        app.UseMetrics();
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        app.UseForwardedHeaders(forwarded);
        app.MapGet("/rooms/{id}", (string id) => id);

        var meter = app.Services.GetRequiredService<IMeterFactory>().Create("portico.test");
        var held = meter.CreateHistogram<double>("portico.test.held", "s", "How long rooms are held");
        app.MapPost("/rooms/{id}", (string id) => held.Record(0.002));

        await app.StartAsync();
        return new(app);
    }

    public async Task<string> ScrapeAsync()
    {
        using var answer = await Client.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, page);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return page;
    }

    public async Task<HttpStatusCode> ScrapeAsync(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { header, value } } };
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        // As in production: stopping waits for requests that have answered but not ended, disposal alone does not.
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
