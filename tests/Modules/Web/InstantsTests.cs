using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Web;

namespace Portico.Tests.Modules.Web;

public sealed class InstantsTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-21T10:00:00Z", 0)]
    [InlineData("2026-11-21t10:00:00z", 0)]
    [InlineData("2026-11-21T11:00:00+01:00", 0)]
    [InlineData("2026-11-20T20:00:00-14:00", 0)]
    [InlineData("2026-11-21T15:45:00+05:45", 0)]
    [InlineData("2026-11-21T10:00:00-00:00", 0)]
    [InlineData("2026-11-21T10:00:00.5Z", 5_000_000)]
    [InlineData("2026-11-21T10:00:00.123456Z", 1_234_560)]
    [InlineData("2026-11-21T11:00:00.1234567+01:00", 1_234_567)]
    [InlineData("2026-11-21T10:00:00.999999999Z", 9_999_999)]
    public void An_instant_with_its_offset_is_read(string text, long ticks)
    {
        Assert.True(Instants.TryRead(text, out var instant));
        Assert.Equal(Ten.AddTicks(ticks), instant);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-21")]
    [InlineData("2026-11-21Z")]
    [InlineData("2026-11-21T10:00:00")]
    [InlineData("2026-11-21T10:00:00.5")]
    [InlineData("2026-11-21 10:00:00Z")]
    [InlineData("2026-11-21T10:00Z")]
    [InlineData("2026-11-21T10Z")]
    [InlineData("2026-11-21T10:00:00.Z")]
    [InlineData("2026-11-21T10:00:00,5Z")]
    [InlineData("2026-11-21T10:00:00+01")]
    [InlineData("2026-11-21T10:00:00+0100")]
    [InlineData("2026-11-21T10:00:00 01:00")]
    [InlineData("2026-11-21T10:00:00+14:01")]
    [InlineData("2026-11-21T10:00:00+01:60")]
    [InlineData("2026-11-21T10:00:00Z+01:00")]
    [InlineData("2026-11-21T24:00:00Z")]
    [InlineData("2026-11-21T10:60:00Z")]
    [InlineData("2026-11-21T10:00:60Z")]
    [InlineData("2026-02-29T10:00:00Z")]
    [InlineData("2026-13-01T10:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("12026-11-21T10:00:00Z")]
    [InlineData(" 2026-11-21T10:00:00Z")]
    [InlineData("2026-11-21T10:00:00Z ")]
    [InlineData("2026-11-21T10:00:00Z\n")]
    [InlineData("٢٠٢٦-11-21T10:00:00Z")]
    [InlineData("Sat, 21 Nov 2026 10:00:00 GMT")]
    [InlineData("1795255200")]
    [InlineData("tomorrow")]
    public void Anything_else_is_not(string text) => Assert.False(Instants.TryRead(text, out _));

    [Fact]
    public void Whatever_instant_is_written_is_read_again_in_UTC() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<DateTimeOffset>(), instant =>
            Instants.TryRead(instant.ToString("O", CultureInfo.InvariantCulture), out var read) && read == instant && read.Offset == TimeSpan.Zero));
}
