using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Portico.Platform.Schedules;

/// <summary>How a module says what it does by the clock.</summary>
public static class ScheduleServices
{
    /// <summary>Runs the module's jobs, with one clock kept in its database for all its instances.</summary>
    public static void AddModuleSchedules<TModule>(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<ScheduleMeter>();
        builder.Services.TryAddSingleton<ScheduleOptions>();
        builder.Services.AddSingleton<ScheduledRuns<TModule>>();
        builder.Services.AddScoped<ScheduleStatus<TModule>>();
        builder.Services.AddSingleton<JobRuns<TModule>>();
        builder.Services.AddSingleton<ModuleScheduler<TModule>>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ModuleScheduler<TModule>>());
        builder.Services.AddScheduledJob<TModule, ForgetReceived<TModule>>(ForgetReceived<TModule>.Name, TimeSpan.FromHours(1));
    }

    /// <summary>Runs <typeparamref name="TJob"/> at start and then every <paramref name="every"/>, once over all instances of the module.</summary>
    public static IServiceCollection AddScheduledJob<TModule, TJob>(this IServiceCollection services, string name, TimeSpan every)
        where TJob : class, IScheduledJob => services.Add<TModule, TJob>(name, every, null);

    /// <summary>Runs <typeparamref name="TJob"/> every day at <paramref name="at"/> in UTC, or as soon as possible after it when nobody was up.</summary>
    public static IServiceCollection AddDailyJob<TModule, TJob>(this IServiceCollection services, string name, TimeOnly at)
        where TJob : class, IScheduledJob => services.Add<TModule, TJob>(name, null, at);

    private static IServiceCollection Add<TModule, TJob>(this IServiceCollection services, string name, TimeSpan? every, TimeOnly? at)
        where TJob : class, IScheduledJob => services.AddScoped<TJob>().AddSingleton(new Schedule(typeof(TModule), typeof(TJob), name, every, at));
}
