using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portico.Tests.Modules.Telemetry;

public sealed class OtlpExportTests
{
    [Fact]
    public async Task A_collector_gets_metrics_and_traces_without_raw_paths()
    {
        var received = new ConcurrentDictionary<string, string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/otlp/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new StreamReader(request.Body, Encoding.Latin1);
            var text = await body.ReadToEndAsync(TestContext.Current.CancellationToken);
            received.AddOrUpdate(signal, text, (_, before) => before + text);
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);

        await using (var app = await MeasuredApp.StartAsync($"--Telemetry:OtlpEndpoint={collector.Urls.Single()}/otlp/"))
        {
            await app.Client.GetStringAsync(new Uri("/rooms/secret-code?code=secret-code", UriKind.Relative), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["metrics", "traces"], received.Keys.Order());
        Assert.Contains("http.server.request.duration", received["metrics"]);
        Assert.Contains("GET /rooms/{id}", received["traces"]);
        Assert.All(received.Values, text => Assert.Contains("portico", text));
        Assert.All(received.Values, text => Assert.DoesNotContain("secret-code", text));
    }
}
