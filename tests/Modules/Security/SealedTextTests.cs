using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Security;

namespace Portico.Tests.Security;

public sealed class SealedTextTests : IDisposable
{
    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    [Fact]
    public void Whatever_was_sealed_comes_out_again()
    {
        var texts = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(IsText);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            texts.ToArbitrary(), text => keys.Sealed.Open(KeyRings.Mail, keys.Sealed.Seal(KeyRings.Mail, text)) == text));
    }

    [Fact]
    public void The_same_text_is_never_sealed_the_same_way_and_is_not_in_the_seal()
    {
        var seals = Enumerable.Range(0, 100).Select(_ => keys.Sealed.Seal(KeyRings.Mail, "reset-token")).ToList();

        Assert.Equal(100, seals.Distinct().Count());
        Assert.DoesNotContain(seals, seal => seal.Contains("reset", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_change_to_a_seal_closes_it_for_good()
    {
        var seal = keys.Sealed.Seal(KeyRings.Mail, "reset-token");
        var changes =
            from at in Gen.Choose(0, seal.Length - 1)
            from with in Gen.Choose(0, 127)
            from kind in Gen.Choose(0, 2)
            select kind switch
            {
                0 => $"{seal[..at]}{(char)with}{seal[(at + 1)..]}",
                1 => seal.Insert(at, $"{(char)with}"),
                _ => seal.Remove(at, 1),
            };

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(
            changes.Where(changed => changed != seal).ToArbitrary(), changed => keys.Sealed.Open(KeyRings.Mail, changed) is null));
    }

    [Fact]
    public void A_seal_for_one_purpose_opens_for_no_other()
    {
        var seal = keys.Sealed.Seal(KeyRings.Mail, "reset-token");

        Assert.Null(keys.Sealed.Open(KeyRings.Codes, seal));
        Assert.Null(keys.Sealed.Open(KeyRings.Tokens, seal));

        // Not even under the same key.
        File.Copy(Path.Combine(keys.Folder, $"{KeyRings.Mail}.json"), Path.Combine(keys.Folder, "copy.json"));
        Assert.Null(keys.Sealed.Open("copy", seal));
    }

    [Fact]
    public void Another_process_opens_it_until_its_key_is_forgotten()
    {
        var seal = keys.Sealed.Seal(KeyRings.Mail, "reset-token");
        var other = new SealedText(new KeyRings(keys.Folder, keys.Clock));

        keys.Rings.For(KeyRings.Mail).Rotate(overlap: TimeSpan.FromHours(1));

        keys.Clock.Advance(KeyRing.Lead + TimeSpan.FromMinutes(59));
        Assert.Equal("reset-token", other.Open(KeyRings.Mail, seal));
        keys.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(other.Open(KeyRings.Mail, seal));
    }

    private static bool IsText(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text[at], text[++at])))
            {
                return false;
            }
        }

        return true;
    }
}
