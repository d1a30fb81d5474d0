using Quartz;

namespace Portico.Platform.Schedules;

/// <summary>Brings what the database knows of a module's jobs in line with what this version of it plans.</summary>
internal static class Timetable
{
    /// <summary>The group of what runs by the clock.</summary>
    public const string Group = "portico";

    private const string ByHand = "by-hand";

    public static async Task WriteAsync(IScheduler scheduler, IReadOnlyList<Schedule> schedules, CancellationToken cancellationToken)
    {
        foreach (var schedule in schedules)
        {
            var known = await scheduler.GetTrigger(new TriggerKey(schedule.Name, Group), cancellationToken);
            // Left alone when it is the same: a trigger written anew would forget what it missed while nobody was up.
            if (known?.Description != schedule.Plan)
            {
                await scheduler.ScheduleJob(JobOf(schedule), [TriggerOf(schedule)], ScheduleJobOptions.Replacing, cancellationToken);
            }
        }
    }

    public static JobKey KeyOf(Schedule schedule) => new(schedule.Name, Group);

    /// <summary>Has the job run once more, as soon as it can; once also when that was asked for before and has not been done.</summary>
    public static async Task RunOnceAsync(IScheduler scheduler, Schedule schedule, CancellationToken cancellationToken)
    {
        if (!await scheduler.Exists(KeyOf(schedule), cancellationToken))
        {
            // No process that runs jobs has been up yet. The first one plans the rest.
            await scheduler.AddJob(JobOf(schedule), new() { StoreNonDurableWhileAwaitingScheduling = true }, cancellationToken);
        }

        var once = TriggerBuilder.Create().WithIdentity(schedule.Name, ByHand).ForJob(KeyOf(schedule)).StartNow()
            .WithSimpleSchedule(once => once.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)).Build();
        await scheduler.ScheduleTrigger(once, TriggerConflict.Keep, cancellationToken);
    }

    private static IJobDetail JobOf(Schedule schedule) => JobBuilder.Create<ScheduledRun>().WithIdentity(KeyOf(schedule)).Build();

    private static ITrigger TriggerOf(Schedule schedule)
    {
        var trigger = TriggerBuilder.Create().WithIdentity(schedule.Name, Group).WithDescription(schedule.Plan);
        return schedule.Every is { } every
            ? trigger.StartNow()
                .WithSimpleSchedule(often => often.WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
                .Build()
            : trigger.WithSchedule(CronScheduleBuilder.Create($"0 {schedule.DailyAt:%m} {schedule.DailyAt:%H} * * ?")
                    .InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build();
    }
}
