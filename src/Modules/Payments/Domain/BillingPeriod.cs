namespace Portico.Payments.Domain;

/// <summary>A month of a membership, in days of the calendar: hours and their changes do not matter.</summary>
/// <param name="End">The first day after it.</param>
internal readonly record struct BillingPeriod(DateOnly Start, DateOnly End)
{
    public int Days => End.DayNumber - Start.DayNumber;

    public DateOnly LastDay => End.AddDays(-1);

    /// <summary>From a day to the next anchor day; the last of the month where a month has no such day.</summary>
    public static BillingPeriod From(DateOnly start, int anchorDay) => new(start, Later(start, anchorDay, 1));

    /// <summary>The anchor day so many months later.</summary>
    public static DateOnly Later(DateOnly day, int anchorDay, int months)
    {
        var month = new DateOnly(day.Year, day.Month, 1).AddMonths(months);
        return month.AddDays(Math.Min(anchorDay, DateTime.DaysInMonth(month.Year, month.Month)) - 1);
    }
}
