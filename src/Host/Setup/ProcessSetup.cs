using Portico.Host.EmbeddedPostgres;

namespace Portico.Host.Setup;

/// <summary>What a process is told before it touches anything: its modules, its data folder, its configuration.</summary>
internal sealed class ProcessSetup
{
    private readonly IReadOnlyDictionary<string, string?> settings;

    /// <exception cref="ConfigurationException">A configuration file cannot be read.</exception>
    public ProcessSetup(IReadOnlyList<string> modules, string dataFolder, IReadOnlyDictionary<string, string?>? settings = null)
    {
        (Modules, DataFolder, this.settings) = (modules, Path.GetFullPath(dataFolder), settings ?? new Dictionary<string, string?>());
        try
        {
            Configuration = PorticoApp.Configure(DataFolder, this.settings).Configuration;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new ConfigurationException([e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message]);
        }
    }

    public IReadOnlyList<string> Modules { get; }

    /// <summary>Absolute.</summary>
    public string DataFolder { get; }

    public IConfiguration Configuration { get; }

    /// <summary>Whether no database is configured, so that Portico brings its own.</summary>
    public bool UsesEmbeddedServer =>
        Modules.Intersect(ModuleCatalog.WithDatabase).ToList() is { Count: > 0 } needed
        && needed.TrueForAll(module => string.IsNullOrEmpty(Configuration[$"Modules:{module}:ConnectionString"]));

    public EmbeddedServerOptions EmbeddedServer => new()
    {
        DataFolder = DataFolder,
        BinFolder = Configuration[$"{EmbeddedServerOptions.Section}:{nameof(EmbeddedServerOptions.BinFolder)}"],
        MaxConnections = Configuration.GetValue($"{EmbeddedServerOptions.Section}:{nameof(EmbeddedServerOptions.MaxConnections)}", 300),
        Settings = Configuration.GetSection($"{EmbeddedServerOptions.Section}:{nameof(EmbeddedServerOptions.Settings)}").Get<Dictionary<string, string>>() ?? [],
    };

    /// <summary>The application with <paramref name="databases"/> on top of the configuration; it may not be started twice.</summary>
    public WebApplication Build(IEnumerable<KeyValuePair<string, string?>> databases, Action<WebApplicationBuilder>? adjust = null) =>
        Build(PorticoApp.Configure(DataFolder, settings.Concat(databases)), adjust);

    /// <summary>The application with exactly these <paramref name="values"/> and no other configuration.</summary>
    public WebApplication BuildWith(IEnumerable<KeyValuePair<string, string?>> values)
    {
        var builder = PorticoApp.Configure(DataFolder, settings);
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection(values);
        return Build(builder, null);
    }

    private WebApplication Build(WebApplicationBuilder builder, Action<WebApplicationBuilder>? adjust) =>
        PorticoApp.Build(PorticoApp.Deployment(Modules, builder.Configuration, DataFolder), builder, adjust);
}
