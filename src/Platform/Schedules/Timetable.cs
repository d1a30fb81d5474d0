using Quartz;

namespace Portico.Platform.Schedules;

/// <summary>Brings what the database knows of a module's jobs in line with what this version of it plans.</summary>
internal static class Timetable
{
    private const string Group = "portico";

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

    private static IJobDetail JobOf(Schedule schedule) => JobBuilder.Create<ScheduledRun>().WithIdentity(schedule.Name, Group).Build();

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
