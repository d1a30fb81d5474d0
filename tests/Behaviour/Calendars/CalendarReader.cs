using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Portico.Tests.Behaviour.Calendars;

/// <summary>An event as somebody else's library reads it.</summary>
internal sealed record ReadEvent(
    string Uid, int Sequence, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Stamp, DateTimeOffset Modified, string Status, string Summary,
    string Location, string Description);

/// <summary>A calendar as somebody else's library reads it.</summary>
internal sealed record ReadCalendar(string Version, string Name, string? TimeZone, IReadOnlyList<ReadEvent> Events);

/// <summary>Reads calendars with the library icalendar, from Debian's package python3-icalendar.</summary>
internal static class CalendarReader
{
    private const string Python = "/usr/bin/python3";

    private const string Script =
        """
        import sys, json
        from datetime import timezone
        from icalendar import Calendar
        def instant(value):
            assert value.dt.utcoffset().total_seconds() == 0, value.dt
            return value.dt.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')
        calendar = Calendar.from_ical(sys.stdin.buffer.read())
        assert not calendar.errors, calendar.errors
        events = []
        for event in calendar.walk('VEVENT'):
            assert not event.errors, event.errors
            events.append({
                'Uid': str(event['UID']), 'Sequence': int(event['SEQUENCE']), 'Start': instant(event['DTSTART']), 'End': instant(event['DTEND']),
                'Stamp': instant(event['DTSTAMP']), 'Modified': instant(event['LAST-MODIFIED']), 'Status': str(event['STATUS']),
                'Summary': str(event['SUMMARY']), 'Location': str(event['LOCATION']), 'Description': str(event['DESCRIPTION'])})
        zone = calendar.get('X-WR-TIMEZONE')
        print(json.dumps({'Version': str(calendar['VERSION']), 'Name': str(calendar['X-WR-CALNAME']), 'TimeZone': zone and str(zone), 'Events': events}))
        """;

    public static async Task<ReadCalendar> ReadAsync(byte[] calendar)
    {
        using var python = Start();
        var (read, complaints) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
        await python.StandardInput.BaseStream.WriteAsync(calendar);
        python.StandardInput.Close();
        await python.WaitForExitAsync();
        if ((await complaints).Contains("No module named", StringComparison.Ordinal) && Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip("python3-icalendar is missing");
        }

        Assert.True(python.ExitCode == 0, $"{await complaints}\n{System.Text.Encoding.UTF8.GetString(calendar)}");
        return JsonSerializer.Deserialize<ReadCalendar>(await read)!;
    }

    public static async Task<ReadCalendar> ReadAsync(Answer answer)
    {
        answer.Expect(HttpStatusCode.OK);
        Assert.Equal("text/calendar; charset=utf-8", answer.ContentHeaders.ContentType!.ToString());
        return await ReadAsync(answer.Bytes);
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(new ProcessStartInfo(Python, ["-c", Script])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip("python3 is missing");
            throw;
        }
    }
}
