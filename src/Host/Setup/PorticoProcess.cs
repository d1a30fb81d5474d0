using Microsoft.Extensions.Logging.Console;
using Portico.Platform.Telemetry;

namespace Portico.Host.Setup;

/// <summary>A process of Portico for one verb: its databases opened and the application built, but not yet serving.</summary>
internal sealed class PorticoProcess : IAsyncDisposable
{
    private readonly Installation installation;
    private readonly ILoggerFactory logging;

    private PorticoProcess(Installation installation, ILoggerFactory logging, WebApplication app)
    {
        (this.installation, this.logging, App) = (installation, logging, app);
    }

    public WebApplication App { get; }

    /// <summary>For a process that answers requests: it logs to standard output.</summary>
    public static Task<PorticoProcess> OpenAsync(ProcessSetup setup, CancellationToken cancellationToken) =>
        OpenAsync(setup, LogLevel.None, cancellationToken);

    /// <summary>For a command that answers its caller: standard output is for the answer, so it logs to standard error.</summary>
    public static Task<PorticoProcess> OpenQuietAsync(ProcessSetup setup, CancellationToken cancellationToken) =>
        OpenAsync(setup, LogLevel.Trace, cancellationToken);

    public static ILoggerFactory Logging(IConfiguration configuration, LogLevel toErrorsFrom) => LoggerFactory.Create(log =>
    {
        log.AddConfiguration(configuration.GetSection("Logging")).AddPlatformLogging();
        log.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = toErrorsFrom);
    });

    public async ValueTask DisposeAsync()
    {
        try
        {
            await App.DisposeAsync();
        }
        finally
        {
            await installation.DisposeAsync();
            logging.Dispose();
        }
    }

    private static async Task<PorticoProcess> OpenAsync(ProcessSetup setup, LogLevel toErrorsFrom, CancellationToken cancellationToken)
    {
        await ConfigurationCheck.RunAsync(setup);
        var logging = Logging(setup.Configuration, toErrorsFrom);
        var installation = await Installation.OpenAsync(setup, logging.CreateLogger("Portico.Host"), cancellationToken);
        try
        {
            return new(installation, logging, setup.Build(installation.Databases, builder =>
                builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = toErrorsFrom)));
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }
}
