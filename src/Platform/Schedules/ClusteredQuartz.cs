using System.Data.Common;
using Quartz;

namespace Portico.Platform.Schedules;

/// <summary>How Quartz is set up: small, clustered, and over the module's own connections.</summary>
internal static class ClusteredQuartz
{
    public static StandaloneSchedulerFactory Create(string module, DbDataSource source, IScheduledRuns runs, ILoggerFactory loggers) =>
        QuartzSchedulerBuilder.Create(quartz =>
        {
            quartz.Services.AddSingleton(loggers);
            quartz.Services.AddSingleton(runs);
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = module;
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            // Jobs are few and short, and requests matter more.
            quartz.UseDefaultThreadPool(2);
            // Always the machine's clock: what is due is for the job to judge.
            quartz.UseTimeProvider(TimeProvider.System);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(data => data.DataSourceFactory = _ => source);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ConfigureStore(options =>
                {
                    options.TablePrefix = "qrtz_";
                    options.StoreJobDataAsStrings = true;
                    // The tables are a migration of the platform.
                    options.SchemaProvisioning = SchemaProvisioning.None;
                    options.DbRetryInterval = TimeSpan.FromSeconds(3);
                    // Whoever gave up waiting for it to end must not be kept alive by its threads.
                    options.UseBackgroundThreads = true;
                });
            });
        }).Build();
}
