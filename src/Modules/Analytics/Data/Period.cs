using System.Globalization;
using Portico.Platform.Web;

namespace Portico.Analytics.Data;

/// <summary>Some days, both ends included.</summary>
internal sealed record Period(DateOnly From, DateOnly To)
{
    private const int MostDays = 366;
    private const int UsualDays = 30;
    private static readonly DateOnly First = new(2000, 1, 1);
    private static readonly DateOnly Last = new(2100, 1, 1);

    /// <summary>As callers write it: the last thirty days when they do not.</summary>
    public static (Period? Period, ProblemHttpResult? Refusal) Read(string? from, string? to, DateTimeOffset now)
    {
        var end = DateOnly.FromDateTime(now.UtcDateTime);
        if (to is not null && !TryRead(to, out end))
        {
            return (null, Wrong("to"));
        }

        var start = end.AddDays(1 - UsualDays);
        if (from is not null && !TryRead(from, out start))
        {
            return (null, Wrong("from"));
        }

        return end < start || end.DayNumber - start.DayNumber >= MostDays
            ? (null, Problems.Invalid("to", $"This is before `from`, or there are more than {MostDays} days."))
            : (new(start, end), null);
    }

    private static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day >= First && day <= Last;

    private static ProblemHttpResult Wrong(string field) => Problems.Invalid(field, "This is not a day such as 2026-12-25, from 2000-01-01 to 2100-01-01.");
}
