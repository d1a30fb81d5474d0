namespace Portico.Platform.Time;

/// <summary>Which calendar day it is where something takes place. Some days have 23 or 25 hours; a day is what the calendar there says.</summary>
public static class LocalDay
{
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>Whether any of it falls on that day. What ends at midnight does not reach the day that begins then.</summary>
    public static bool Touches(DateTimeOffset startsAt, DateTimeOffset endsAt, DateOnly day, TimeZoneInfo zone) =>
        Of(startsAt, zone) <= day && Of(endsAt.AddTicks(-1), zone) >= day;
}
