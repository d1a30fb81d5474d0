namespace Portico.Platform.Telemetry;

public static class TelemetryPipeline
{
    /// <summary>Serves <c>/metrics</c> to scrapers. First in the pipeline: forwarded-headers middleware replaces the address this looks at.</summary>
    public static IApplicationBuilder UseMetrics(this IApplicationBuilder app) => app.UseMiddleware<MetricsPage>();

    /// <summary>
    /// Logs each request as <c>Portico.Requests</c>: from status 400 on as Information, the others as Debug.
    /// Outside the exception handler, so that the status it sees is the one the client gets.
    /// </summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseMiddleware<RequestLog>();
}
