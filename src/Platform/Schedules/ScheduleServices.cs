namespace Portico.Platform.Schedules;

/// <summary>How a module says what it does by the clock.</summary>
public static class ScheduleServices
{
    /// <summary>Runs <typeparamref name="TJob"/> at start and then every <paramref name="every"/>, once over all instances of the module.</summary>
    public static IServiceCollection AddScheduledJob<TModule, TJob>(this IServiceCollection services, string name, TimeSpan every)
        where TJob : class, IScheduledJob => services.AddScoped<TJob>().AddSingleton(new Schedule(typeof(TModule), typeof(TJob), name, every));
}

/// <summary>A job and how often it runs.</summary>
public sealed record Schedule(Type Module, Type Job, string Name, TimeSpan Every);
