using Portico.Platform.Modules;

namespace Portico.Host;

/// <summary>A process of Portico for one verb: its databases opened and the application built, but not yet serving.</summary>
internal sealed class PorticoProcess : IAsyncDisposable
{
    private readonly Installation installation;
    private readonly ILoggerFactory logging;

    private PorticoProcess(Installation installation, ILoggerFactory logging, Deployment deployment, WebApplication app)
    {
        (this.installation, this.logging, Deployment, App) = (installation, logging, deployment, app);
    }

    public Deployment Deployment { get; }

    public WebApplication App { get; }

    public bool HasEmbeddedDatabase => installation.IsEmbedded;

    public static async Task<PorticoProcess> OpenAsync(
        IReadOnlyList<string> modules, string dataFolder, IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var logging = LoggerFactory.Create(log => log.AddSimpleConsole(console => console.SingleLine = true));
        var installation = await Installation.OpenAsync(dataFolder, modules, logging.CreateLogger("Portico"), cancellationToken);
        try
        {
            var builder = PorticoApp.Configure(installation.DataFolder, installation.Settings.Concat(settings));
            var deployment = PorticoApp.Deployment(modules, builder.Configuration, installation.DataFolder);
            return new(installation, logging, deployment, PorticoApp.Build(deployment, builder));
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await installation.DisposeAsync();
        logging.Dispose();
    }
}
