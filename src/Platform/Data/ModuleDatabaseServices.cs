using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Portico.Platform.Messaging;
using Portico.Platform.Web;

namespace Portico.Platform.Data;

/// <summary>Gives a module its database, with outbox, inbox and stored answers.</summary>
public static class ModuleDatabaseServices
{
    private const int PreparedStatements = 100;

    static ModuleDatabaseServices()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new DayHandler());
        SqlMapper.AddTypeHandler(new TimeOfDayHandler());
    }

    /// <summary>
    /// Registers <see cref="Database{TModule}"/> over <c>Modules:&lt;Name&gt;:ConnectionString</c>, the relay of its outbox
    /// and its place in <c>/healthz/ready</c>.
    /// </summary>
    public static void AddModuleDatabase<TModule>(this IHostApplicationBuilder builder, string module)
    {
        var services = builder.Services;
        services.AddOptions<ModuleDatabaseOptions>(module)
            .BindConfiguration($"Modules:{module}")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider => new ModuleDataSource<TModule>(
            module, Build(provider, module), provider.GetRequiredService<IOptionsMonitor<ModuleDatabaseOptions>>().Get(module).OwnerConnectionString));
        services.AddScoped<Database<TModule>>();
        services.AddSingleton<IMigratedModule>(provider => new MigratedModule<TModule>(provider.GetRequiredService<ModuleDataSource<TModule>>()));
        services.AddSingleton<IVerifiedModule, VerifiedModule<TModule>>();
        services.AddSingleton<IParkedFacts, ParkedFacts<TModule>>();
        services.AddSingleton<OutboxRelay<TModule>>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay<TModule>>());
        services.AddSingleton<IReadiness, DatabaseReadiness<TModule>>();
    }

    private static NpgsqlDataSource Build(IServiceProvider provider, string module)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<ModuleDatabaseOptions>>().Get(module);
        var source = new NpgsqlDataSourceBuilder(options.ConnectionString);
        if (!options.ConnectionString.Contains("Max Auto Prepare", StringComparison.OrdinalIgnoreCase))
        {
            // The server then parses and plans a statement once per connection and not each time. A pooler between that gives
            // every transaction another connection cannot have it: `Max Auto Prepare=0`.
            source.ConnectionStringBuilder.MaxAutoPrepare = PreparedStatements;
            source.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        }

        // Nothing here leaves anything in a session: settings are those of a transaction, and the one session lock is given back.
        source.ConnectionStringBuilder.NoResetOnClose = true;
        source.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
        source.Name = $"portico-{module}";
        return source.Build();
    }
}
