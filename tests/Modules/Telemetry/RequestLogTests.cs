using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portico.Platform.Telemetry;

namespace Portico.Tests.Modules.Telemetry;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Refusals_and_failures_are_logged_by_route()
    {
        var lines = await LinesAsync(LogLevel.Information);

        Assert.Equal(3, lines.Length);
        Assert.Matches(@"^Information GET /refused/\{code\} 409 in [0-9.]+ ms, request \S+$", lines[0]);
        Assert.Matches(@"^Information GET /broken/\{code\} 500 in [0-9.]+ ms, request \S+$", lines[1]);
        Assert.Matches(@"^Information GET \(no route\) 404 in [0-9.]+ ms, request \S+$", lines[2]);
    }

    [Fact]
    public async Task Every_request_is_logged_for_debugging()
    {
        var lines = await LinesAsync(LogLevel.Debug);

        Assert.Equal(4, lines.Length);
        Assert.Matches(@"^Debug GET /fine/\{code\} 200 in [0-9.]+ ms, request \S+$", lines[0]);
        Assert.All(lines, line => Assert.DoesNotContain("secret", line));
    }

    [Fact]
    public async Task Nothing_is_logged_above_information() => Assert.Empty(await LinesAsync(LogLevel.Warning));

    private static async Task<string[]> LinesAsync(LogLevel level)
    {
        using var lines = new Lines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddProblemDetails();
        builder.AddPlatformLogging();
        builder.Logging.ClearProviders().AddProvider(lines).AddFilter("Portico.Requests", level);
        await using var app = builder.Build();
        app.UseRequestLog();
        app.UseExceptionHandler();
        app.MapGet("/fine/{code}", (string code) => code);
        app.MapGet("/refused/{code}", (string code) => Results.Conflict());
        app.MapGet("/broken/{code}", string (string code) => throw new InvalidOperationException());
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        foreach (var path in (string[])["/fine/secret?a=secret", "/refused/secret", "/broken/secret", "/secret"])
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        }

        // The line is written after the answer has left; stopping waits for the request to end.
        await app.StopAsync(TestContext.Current.CancellationToken);
        return [.. lines.Written];
    }

    private sealed class Lines : ILoggerProvider
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class Line(Lines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (category == "Portico.Requests")
            {
                lines.Written.Enqueue($"{logLevel} {formatter(state, exception)}");
            }
        }
    }
}
