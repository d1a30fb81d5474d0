namespace Portico.Platform.Telemetry;

/// <summary>One line a request; costs a comparison where <c>Portico.Requests</c> logs nothing.</summary>
internal sealed class RequestLog(RequestDelegate next, TimeProvider time, ILoggerFactory loggers)
{
    public const string Category = "Portico.Requests";

    private readonly ILogger logger = loggers.CreateLogger(Category);

    public Task InvokeAsync(HttpContext context) => logger.IsEnabled(LogLevel.Information) ? TimedAsync(context) : next(context);

    private async Task TimedAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        try
        {
            await next(context);
        }
        catch
        {
            // 499 as nginx has it: the client went away, and nobody is to blame here.
            Write(context, context.RequestAborted.IsCancellationRequested ? 499 : StatusCodes.Status500InternalServerError, start);
            throw;
        }

        Write(context, context.Response.StatusCode, start);
    }

    private void Write(HttpContext context, int status, long start)
    {
        var level = status >= 400 ? LogLevel.Information : LogLevel.Debug;
        if (logger.IsEnabled(level))
        {
            var elapsed = Math.Round(time.GetElapsedTime(start).TotalMilliseconds, 1);
            var route = RouteTemplate.Of(context) ?? "(no route)";
            logger.RequestAnswered(level, context.Request.Method, route, status, elapsed, context.TraceIdentifier);
        }
    }
}

internal static partial class Log
{
    [LoggerMessage("{Method} {Route} {Status} in {ElapsedMs} ms, request {RequestId}")]
    public static partial void RequestAnswered(
        this ILogger logger, LogLevel level, string method, string route, int status, double elapsedMs, string requestId);
}
