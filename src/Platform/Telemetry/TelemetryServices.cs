using Microsoft.AspNetCore.Hosting;

namespace Portico.Platform.Telemetry;

public static class TelemetryServices
{
    /// <summary>
    /// Measures the runtime, HTTP, PostgreSQL and every <c>portico.*</c> meter; <see cref="TelemetryOptions"/> says who gets to see it.
    /// </summary>
    /// <remarks>Data sources need a <c>Name</c>: without one their connection string, less the password, is their label.</remarks>
    public static IHostApplicationBuilder AddPlatformTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetryOptions>()
            .BindConfiguration(TelemetryOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<PrometheusScrape>();
        builder.Services.AddSingleton<Scrapers>();
        builder.Services.AddTransient<IStartupFilter, RequestSpans>();
        builder.Services.AddHostedService<TelemetryProviders>();
        return builder;
    }
}
