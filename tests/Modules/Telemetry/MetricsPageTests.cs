using System.Net;
using System.Text.RegularExpressions;

namespace Portico.Tests.Modules.Telemetry;

public sealed class MetricsPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_scrapes_show_requests_by_route_template()
    {
        await using var app = await MeasuredApp.StartAsync();
        await app.Client.GetStringAsync(new Uri("/rooms/secret-code-1", UriKind.Relative), Stop);
        Assert.Equal("1", Value(await app.ScrapeAsync(), "count"));

        await app.Client.GetStringAsync(new Uri("/rooms/secret-code-2?code=secret-code-3", UriKind.Relative), Stop);
        var page = await app.ScrapeAsync();
        Assert.Equal("2", Value(page, "count"));
        Assert.DoesNotContain("secret-code", page);
        Assert.DoesNotContain("url_scheme", page);
        Assert.Contains("""http_route="/rooms/{id}",le="0.001"} """, page);
    }

    [Fact]
    public async Task The_page_is_what_Prometheus_expects()
    {
        await using var app = await MeasuredApp.StartAsync();
        await app.Client.PostAsync(new Uri("/rooms/1", UriKind.Relative), null, Stop);
        GC.Collect();
        var page = await app.ScrapeAsync();

        await Promtool.AcceptsAsync(page);
        Assert.Matches("""(?m)^portico_build_info\{otel_scope_name="portico.platform",version="[^"]+"\} 1$""", page);
        Assert.Contains("""portico_test_held_seconds_bucket{otel_scope_name="portico.test",le="0.0025"} 1""", page);
        Assert.Contains("# TYPE dotnet_process_memory_working_set_bytes gauge", page);
        Assert.Contains("# TYPE portico_thread_pool_threads gauge", page);
        Assert.Contains("# TYPE kestrel_active_connections gauge", page);
        Assert.DoesNotContain("dotnet_jit", page);
    }

    [Fact]
    public async Task Two_applications_in_one_process_count_apart()
    {
        await using var busy = await MeasuredApp.StartAsync();
        await using var idle = await MeasuredApp.StartAsync();
        await busy.Client.GetStringAsync(new Uri("/rooms/1", UriKind.Relative), Stop);

        Assert.Equal("1", Value(await busy.ScrapeAsync(), "count"));
        Assert.DoesNotContain("/rooms/{id}", await idle.ScrapeAsync());
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    public async Task A_forwarded_scrape_finds_no_page(string header, string value)
    {
        await using var app = await MeasuredApp.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await app.ScrapeAsync(header, value));
    }

    [Fact]
    public async Task A_scrape_from_another_network_finds_no_page()
    {
        await using var app = await MeasuredApp.StartAsync("--Telemetry:ScrapeNetworks:0=10.0.0.0/8");
        Assert.Equal(HttpStatusCode.NotFound, await app.ScrapeAsync("Accept", "text/plain"));
    }

    [Fact]
    public async Task Nothing_but_a_get_is_answered()
    {
        await using var app = await MeasuredApp.StartAsync();
        using var answer = await app.Client.PostAsync(new Uri("/metrics", UriKind.Relative), null, Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Scrapes_at_once_each_get_a_whole_page()
    {
        await using var app = await MeasuredApp.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            await app.Client.GetStringAsync(new Uri("/rooms/1", UriKind.Relative), Stop);
            var pages = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(app.ScrapeAsync, Stop)));
            Assert.All(pages, page =>
            {
                var headings = Regex.Matches(page, "(?m)^# TYPE .*$").Select(line => line.Value).ToList();
                Assert.Equal(headings.Distinct().Order(StringComparer.Ordinal), headings);
                Assert.Equal($"{round + 1}", Value(page, "count"));
            });
        }
    }

    private static string Value(string page, string child) => Regex.Match(
        page, $$"""(?m)^http_server_request_duration_seconds_{{child}}\{.*="GET",.*="200",http_route="/rooms/\{id\}"\} (.+)$""").Groups[1].Value;
}
