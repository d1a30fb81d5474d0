using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Portico.Platform.Telemetry;

namespace Portico.Tests.Modules.Telemetry;

public sealed class JsonLinesTests
{
    [Fact]
    public void A_line_says_when_where_what_and_in_which_trace()
    {
        using var activity = new System.Diagnostics.Activity("test").Start();
        var line = Line([new("Room", "Quiet \"room\" è"), new("Seats", 4), new("Price", 12.50m), new("{OriginalFormat}", "…")], "Booked\nonce");

        Assert.Equal(1, line.Count(letter => letter == '\n'));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("2026-03-29T01:30:00Z", json.GetProperty("time").GetString());
        Assert.Equal("Warning", json.GetProperty("level").GetString());
        Assert.Equal("Portico.Bookings", json.GetProperty("category").GetString());
        Assert.Equal("RoomBooked", json.GetProperty("event").GetString());
        Assert.Equal("Booked\nonce", json.GetProperty("message").GetString());
        Assert.Equal(activity.TraceId.ToHexString(), json.GetProperty("trace_id").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), json.GetProperty("span_id").GetString());
        Assert.Equal("""{"Room":"Quiet \"room\" è","Seats":4,"Price":12.50}""", json.GetProperty("fields").GetRawText());
        Assert.False(json.TryGetProperty("exception", out _));
    }

    [Fact]
    public void An_exception_stays_on_the_line()
    {
        var line = Line([], "Failed", new InvalidOperationException("first\nsecond"));

        Assert.Equal(1, line.Count(letter => letter == '\n'));
        Assert.Contains("first\nsecond", JsonDocument.Parse(line).RootElement.GetProperty("exception").GetString());
    }

    [Fact]
    public void Broken_text_and_numbers_do_not_break_the_line()
    {
        var line = Line([new("Half", "a\ud83d"), new("None", null), new("Odd", double.NaN), new("{OriginalFormat}", "…")], "\udc00");
        var fields = JsonDocument.Parse(line).RootElement.GetProperty("fields");

        Assert.Equal("a\ufffd", fields.GetProperty("Half").GetString());
        Assert.Equal(JsonValueKind.Null, fields.GetProperty("None").ValueKind);
        Assert.Equal("NaN", fields.GetProperty("Odd").GetString());
    }

    private static string Line(KeyValuePair<string, object?>[] fields, string message, Exception? exception = null)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Warning, "Portico.Bookings", new EventId(7, "RoomBooked"), fields, exception, (_, _) => message);
        new JsonLines(new Sunday()).Write(entry, null, writer);
        return writer.ToString();
    }

    private sealed class Sunday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 29, 1, 30, 0, TimeSpan.Zero);
    }
}
