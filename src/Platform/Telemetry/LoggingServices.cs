using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Portico.Platform.Telemetry;

public static class LoggingServices
{
    // System.Net.Http and Yarp name the addresses they call, query and all, at Information.
    private static readonly string[] QuietCategories = ["Microsoft.AspNetCore", "Npgsql", "Quartz", "System.Net.Http", "Yarp"];

    /// <summary>Logs to standard output and nowhere else: JSON lines, or readable ones on a terminal.</summary>
    /// <remarks>Levels in configuration (<c>Logging:LogLevel</c>) win over the defaults set here.</remarks>
    public static IHostApplicationBuilder AddPlatformLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddPlatformLogging();
        return builder;
    }

    /// <summary>The same for what happens before there is an application.</summary>
    public static void AddPlatformLogging(this ILoggingBuilder logging)
    {
        logging.Services.TryAddSingleton(TimeProvider.System);
        logging.ClearProviders();
        if (Console.IsOutputRedirected)
        {
            logging.AddConsole(console => console.FormatterName = JsonLines.FormatterName)
                .AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "HH:mm:ss.fff'Z' ";
            });
        }

        // Before the rules from configuration, not after: of two rules for one category the later wins.
        logging.Services.Configure<LoggerFilterOptions>(filter =>
        {
            foreach (var category in QuietCategories)
            {
                filter.Rules.Insert(0, new(providerName: null, category, LogLevel.Warning, filter: null));
            }
        });
    }
}
