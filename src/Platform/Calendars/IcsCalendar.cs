using System.Globalization;

namespace Portico.Platform.Calendars;

/// <summary>A calendar as RFC 5545 writes it. The same events always make the same bytes.</summary>
/// <remarks>
/// Instants are in UTC (<c>Z</c>): a booking is one, whatever becomes of the rules of its zone, and with nothing in local time
/// no VTIMEZONE has to tell these rules. X-WR-TIMEZONE says in which zone a program that asks may show it. There is no
/// METHOD: with PUBLISH every event would need an organizer and DTSTAMP would be the time of the answer, so that
/// no two answers were equal.
/// </remarks>
public static class IcsCalendar
{
    private const string Product = "-//Portico//Bookings//EN";

    /// <summary>How often a program is asked to look again.</summary>
    private const string LookAgain = "PT15M";

    /// <param name="timeZone">IANA name; null where there is nothing to show.</param>
    public static byte[] Write(string name, string? timeZone, IEnumerable<IcsEvent> events)
    {
        var lines = new IcsWriter();
        lines.Line("BEGIN", "VCALENDAR");
        lines.Line("VERSION", "2.0");
        lines.Text("PRODID", Product);
        lines.Line("CALSCALE", "GREGORIAN");
        lines.Text("X-WR-CALNAME", name);
        if (timeZone is not null)
        {
            lines.Text("X-WR-TIMEZONE", timeZone);
        }

        lines.Line("REFRESH-INTERVAL;VALUE=DURATION", LookAgain);
        foreach (var occasion in events)
        {
            Write(lines, occasion);
        }

        lines.Line("END", "VCALENDAR");
        return lines.ToArray();
    }

    private static void Write(IcsWriter lines, IcsEvent occasion)
    {
        lines.Line("BEGIN", "VEVENT");
        lines.Text("UID", $"{occasion.Id}@portico");
        // Without a METHOD this, too, is when the event was last changed.
        lines.Line("DTSTAMP", Utc(occasion.ChangedAt));
        lines.Line("LAST-MODIFIED", Utc(occasion.ChangedAt));
        lines.Line("SEQUENCE", occasion.Sequence.ToString(CultureInfo.InvariantCulture));
        lines.Line("STATUS", occasion.Status.ToString().ToUpperInvariant());
        lines.Line("DTSTART", Utc(occasion.StartsAt));
        lines.Line("DTEND", Utc(occasion.EndsAt));
        lines.Text("SUMMARY", occasion.Summary);
        lines.Text("LOCATION", occasion.Location);
        lines.Text("DESCRIPTION", occasion.Description);
        lines.Line("END", "VEVENT");
    }

    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
