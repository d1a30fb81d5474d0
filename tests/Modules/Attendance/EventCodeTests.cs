using FsCheck;
using FsCheck.Fluent;
using Portico.Members.Domain.Codes;
using Portico.Platform.Pictures;
using Portico.Platform.Security;

namespace Portico.Tests.Modules.Attendance;

public sealed class EventCodeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portico-codes-").FullName;
    private readonly SignedCode codes;

    public EventCodeTests() => codes = new(new KeyRings(folder, TimeProvider.System));

    [Fact]
    public void A_screen_code_is_good_for_thirty_to_sixty_seconds_and_never_again() =>
        Prop.ForAll(Instants().ToArbitrary(), Gen.Choose(0, 300_000).ToArbitrary(), (shown, laterMs) =>
        {
            var later = shown.AddMilliseconds(laterMs);
            var good = Judge(codes.Write(EventCode.OnScreen(Guid.CreateVersion7(shown), shown)), later) is null;
            var age = later - shown;
            return (age <= TimeSpan.FromSeconds(30) ? good : !(age >= TimeSpan.FromSeconds(60)) || !good)
                && good == (later < CodeSteps.EndOf(CodeSteps.Of(shown) + 1));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_code_that_was_good_says_expired_and_not_invalid()
    {
        var shown = DateTimeOffset.UnixEpoch.AddYears(56);
        var code = codes.Write(EventCode.OnScreen(Guid.CreateVersion7(shown), shown));

        Assert.Null(Judge(code, shown.AddSeconds(59)));
        Assert.Equal("code-expired", Judge(code, shown.AddSeconds(60)));
    }

    [Fact]
    public void A_paper_code_does_not_grow_old_by_itself() =>
        Prop.ForAll(Instants().ToArbitrary(), at => Judge(codes.Write(EventCode.OnPaper(Guid.CreateVersion7(at))), at.AddDays(40)) is null)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_code_names_its_event_and_kind_and_no_other() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), Instants().ToArbitrary(), (subject, at) =>
            codes.Read(codes.Write(EventCode.OnScreen(subject, at))) == new Code(CodeKind.EventOnScreen, subject, CodeSteps.Of(at))
            && codes.Read(codes.Write(EventCode.OnPaper(subject))) == new Code(CodeKind.EventOnPaper, subject, 0))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_members_pass_opens_no_event()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        Assert.Equal("code-invalid", Judge(codes.Write(new Code(CodeKind.Pass, Guid.CreateVersion7(now), CodeSteps.Of(now))), now));
    }

    [Fact]
    public void Any_changed_character_is_refused()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        var code = codes.Write(EventCode.OnPaper(Guid.CreateVersion7(now)));
        for (var at = 0; at < code.Length; at++)
        {
            for (var other = ' '; other <= '~'; other++)
            {
                if (other != code[at])
                {
                    Assert.Equal("code-invalid", Judge($"{code[..at]}{other}{code[(at + 1)..]}", now));
                }
            }
        }
    }

    [Fact]
    public void Nothing_anybody_types_is_a_code_or_an_accident() =>
        Prop.ForAll<string?, string?>((a, b) =>
            codes.Read(a ?? "") is null && codes.Read("PT1-" + a) is null && codes.Read($"{a}{codes.Write(EventCode.OnPaper(Guid.Empty))}{b}x") is null)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Another_installations_codes_are_nothing_here()
    {
        var elsewhere = Directory.CreateTempSubdirectory("portico-codes-").FullName;
        try
        {
            var theirs = new SignedCode(new KeyRings(elsewhere, TimeProvider.System));
            Assert.Null(codes.Read(theirs.Write(EventCode.OnPaper(Guid.Empty))));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public void A_code_is_drawn_without_the_systems_drawing_library()
    {
        var code = codes.Write(EventCode.OnPaper(Guid.Empty));
        Assert.StartsWith("<svg", QrImage.Svg(code), StringComparison.Ordinal);
        Assert.Equal([0x89, .. "PNG"u8], QrImage.Png(code)[..4]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string? Judge(string text, DateTimeOffset at) => EventCode.Refuse(codes.Read(text), at);

    private static Gen<DateTimeOffset> Instants() =>
        from second in Gen.Choose(1_700_000_000, 2_000_000_000)
        from millisecond in Gen.Choose(0, 999)
        select DateTimeOffset.FromUnixTimeSeconds(second).AddMilliseconds(millisecond);
}
