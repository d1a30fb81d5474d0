namespace Portico.Bookings.Domain.Calendar;

internal static class Weekdays
{
    public static Weekday Weekday(this DateOnly day) => (Weekday)(((int)day.DayOfWeek + 6) % 7);
}
