using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portico.Platform.Schedules;

/// <summary>
/// Changes to what modules do by the clock:
/// <c>{"Schedules": {"Enabled": true, "close-forgotten-visits": {"Every": "00:00:30"}}}</c>.
/// </summary>
public sealed class ScheduleOptions(IConfiguration configuration)
{
    public const string Section = "Schedules";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether this process runs jobs at all. Where none does, visits stay open and events are never closed.</summary>
    public bool Enabled => configuration.GetValue($"{Section}:{nameof(Enabled)}", true);

    /// <summary>
    /// The schedule with its <c>Schedules:&lt;name&gt;:Every</c>, a time span such as <c>01:00:00</c>, in place of what the module said.
    /// </summary>
    internal Schedule Apply(Schedule schedule)
    {
        var key = $"{Section}:{schedule.Name}:{nameof(Schedule.Every)}";
        if (configuration[key] is not { Length: > 0 } text)
        {
            return schedule;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var every) && every >= Shortest
            ? schedule with { Every = every, DailyAt = null }
            : throw new OptionsValidationException(Section, typeof(ScheduleOptions), [$"{key} is no time span of {Shortest} or more: \"{text}\"."]);
    }
}
