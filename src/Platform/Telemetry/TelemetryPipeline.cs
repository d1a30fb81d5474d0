namespace Portico.Platform.Telemetry;

public static class TelemetryPipeline
{
    /// <summary>Serves <c>/metrics</c> to scrapers. First in the pipeline: forwarded-headers middleware replaces the address this looks at.</summary>
    public static IApplicationBuilder UseMetrics(this IApplicationBuilder app) => app.UseMiddleware<MetricsPage>();
}
