using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Security;

namespace Portico.Tests.Security;

public sealed class TokenValidatorTests : IDisposable
{
    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    [Fact]
    public void A_token_of_ours_is_believed_and_so_is_one_written_by_hand()
    {
        var (user, session) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var (token, _) = keys.Validator.ValidateAccess(keys.Issuer.IssueAccess(user, session, "manager", mustChangePassword: true).Token);

        Assert.Equal((user, session, "manager", true), (token!.UserId, token.SessionId, token.Role, token.MustChangePassword));
        Assert.Equal(keys.Clock.GetUtcNow().AddHours(24), token.ExpiresAt);
        // Without this every forged token could be refused for a mistake of the forge.
        Assert.NotNull(keys.Validator.ValidateAccess(keys.Forge.WithClaims()).Token);
        Assert.NotNull(keys.Validator.ValidateAccess(keys.Forge.WithClaims(("exp", new DateTimeOffset(2099, 1, 1, 0, 0, 0, default).ToUnixTimeSeconds()))).Token);
    }

    [Fact]
    public void Every_forged_token_is_refused_as_invalid()
    {
        var forged = ForgedTokens.Invalid(keys.Forge);

        var believed = forged.Where(token => keys.Validator.ValidateAccess(token.Value) is not (null, TokenRefusal.Invalid)).Select(token => token.Key);

        Assert.Empty(believed);
        Assert.True(forged.Count > 150, $"only {forged.Count} were tried");
    }

    [Fact]
    public void A_token_that_was_good_once_is_refused_as_expired()
    {
        Assert.All(ForgedTokens.Expired(keys.Forge).Values, token => Assert.Equal((null, TokenRefusal.Expired), keys.Validator.ValidateAccess(token)));

        var token = keys.GoodToken();
        keys.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(6));
        Assert.Equal((null, TokenRefusal.Expired), keys.Validator.ValidateAccess(token));
    }

    [Fact]
    public void A_forged_token_that_has_also_expired_is_called_invalid()
    {
        var parts = keys.Forge.WithClaims(("exp", 0)).Split('.');

        Assert.Equal((null, TokenRefusal.Invalid), keys.Validator.ValidateAccess($"{parts[0]}.{parts[1]}.{TokenForge.Text(new byte[32])}"));
    }

    [Fact]
    public void What_was_made_for_another_purpose_is_no_access_token()
    {
        var codes = new TokenForge(keys.Rings.For(KeyRings.Codes).Current, keys.Clock.GetUtcNow());

        Assert.Null(keys.Validator.ValidateAccess(keys.Issuer.IssueService()).Token);
        Assert.Null(keys.Validator.ValidateAccess(codes.WithClaims()).Token);
        Assert.Null(keys.Validator.ValidateAccess(keys.Sealed.Seal(KeyRings.Mail, "reset")).Token);
    }

    [Fact]
    public void Only_a_service_is_a_service()
    {
        Assert.True(keys.Validator.IsService(keys.Issuer.IssueService()));
        Assert.False(keys.Validator.IsService(keys.GoodToken("admin")));
        Assert.All(ForgedTokens.Invalid(keys.Forge), token => Assert.False(keys.Validator.IsService(token.Value), token.Key));

        var old = keys.Issuer.IssueService();
        keys.Clock.Advance(TimeSpan.FromSeconds(66));
        Assert.False(keys.Validator.IsService(old));
    }

    [Fact]
    public void Any_change_to_a_good_token_is_refused()
    {
        var good = keys.GoodToken();
        var changes =
            from at in Gen.Choose(0, good.Length - 1)
            from with in Gen.Choose(0, 127)
            from kind in Gen.Choose(0, 2)
            select kind switch
            {
                0 => $"{good[..at]}{(char)with}{good[(at + 1)..]}",
                1 => good.Insert(at, $"{(char)with}"),
                _ => good.Remove(at, 1),
            };

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(changes.Where(changed => changed != good).ToArbitrary(), changed => keys.Validator.ValidateAccess(changed) is (null, TokenRefusal.Invalid)));
    }

    [Fact]
    public void Every_single_bit_of_the_signature_counts()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var good = keys.GoodToken();

        Assert.All(
            Alphabet.Where(last => last != good[^1]), last => Assert.Null(keys.Validator.ValidateAccess(good[..^1] + last).Token));
    }

    [Fact]
    public void Reading_a_token_never_throws_whatever_it_is()
    {
        var forge = keys.Forge;
        var text = ArbMap.Default.GeneratorFor<string?>().Select(any => any ?? "");
        var tokens = Gen.OneOf(
            text,
            text.Three().Select(parts => $"{parts.Item1}.{parts.Item2}.{parts.Item3}"),
            text.Two().Select(parts => forge.Sign(parts.Item1, parts.Item2)),
            text.Select(payload => forge.Sign(forge.Header(), payload)),
            text.Two().Select(claim => forge.WithClaims((claim.Item1, claim.Item2))),
            ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(number => forge.WithClaims(("exp", number), ("nbf", number))),
            ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => forge.Sign(bytes, bytes)));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(tokens.ToArbitrary(), token =>
        {
            keys.Validator.ValidateAccess(token);
            keys.Validator.IsService(token);
            keys.Sealed.Open(KeyRings.Mail, token);
        }));
    }
}
