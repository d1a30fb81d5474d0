using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Calendars;

namespace Portico.Tests.Modules.Bookings;

public sealed class IcsWriterTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Anything: what has a meaning in a calendar, characters of one to four bytes, what is none, and long runs of one.</summary>
    private static Gen<string> Text { get; } = Gen.Frequency(
        (4, Gen.ListOf(Gen.Elements(
            "a", " ", "\\", ";", ",", ":", "\"", "\n", "\r\n", "\r", "\t", "\\n", "è", "ß", "東", "\u2028", "\u0085", "😀", "👩‍👩‍👧‍👦", "\u0301", "\0", "\u0007", "\ufeff", "\ud83d", "\ude00", "BEGIN:VEVENT"))
            .Select(string.Concat)),
        (2, from character in Gen.Elements("a", "è", "東", "😀") from count in Gen.Choose(0, 200) select string.Concat(Enumerable.Repeat(character, count))),
        (1, Gen.ListOf(Gen.Choose(0, 0xFFFF)).Select(units => new string([.. units.Select(unit => (char)unit)]))));

    [Fact]
    public void What_is_written_is_read_again_without_what_a_calendar_may_not_contain() => Prop.ForAll(Text.ToArbitrary(), text =>
    {
        var lines = new IcsWriter();
        lines.Text("DESCRIPTION", text);
        lines.Line("END", "VEVENT");
        var written = Strict.GetString(lines.ToArray());

        var unfolded = written.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Equal(3, unfolded.Length);
        Assert.Equal(("END:VEVENT", ""), (unfolded[1], unfolded[2]));
        Assert.StartsWith("DESCRIPTION:", unfolded[0], StringComparison.Ordinal);
        Assert.Equal(Allowed(text), Unescape(unfolded[0]["DESCRIPTION:".Length..]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_line_is_longer_than_75_octets_or_ends_inside_a_character() => Prop.ForAll(Text.ToArbitrary(), text =>
    {
        var lines = new IcsWriter();
        lines.Text("SUMMARY", text);
        var written = lines.ToArray();

        var start = 0;
        for (var end = written.AsSpan().IndexOf("\r\n"u8); end >= 0; end = written.AsSpan(start).IndexOf("\r\n"u8))
        {
            Assert.InRange(end, 1, 75);
            var line = Strict.GetString(written, start, end);
            Assert.DoesNotContain('\n', line);
            Assert.DoesNotContain('\r', line);
            start += end + 2;
        }

        Assert.Equal(written.Length, start);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(74, 1), InlineData(75, 1), InlineData(76, 2), InlineData(75 + 74, 2), InlineData(75 + 74 + 1, 3)]
    public void A_line_is_folded_when_it_has_to_be(int octets, int lines)
    {
        var writer = new IcsWriter();
        writer.Line("X", new string('a', octets - 2));
        Assert.Equal(lines, Strict.GetString(writer.ToArray()).Split("\r\n").Length - 1);
    }

    private static string Allowed(string text) => string.Concat(
        text.ReplaceLineEndings("\n").EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' || (!Rune.IsControl(rune) && rune.Value != 0xFEFF)));

    private static string Unescape(string text)
    {
        var read = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            Assert.True(text[at] is not (';' or ','), $"{text[at]} is not escaped in {text}");
            read.Append(text[at] != '\\' ? text[at] : text[++at] is 'n' ? '\n' : text[at]);
        }

        return read.ToString();
    }
}
