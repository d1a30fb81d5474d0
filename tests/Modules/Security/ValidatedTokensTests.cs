using Portico.Contracts.Auth;
using Portico.Platform.Security;

namespace Portico.Tests.Security;

public sealed class ValidatedTokensTests : IDisposable
{
    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    [Fact]
    public void A_token_of_a_rotated_key_is_believed_through_the_overlap_and_not_after()
    {
        var token = keys.GoodToken();
        Assert.NotNull(keys.Tokens.Check(token).Principal);

        keys.AnotherProcess().Rotate(overlap: TimeSpan.FromHours(1));

        keys.Clock.Advance(KeyRing.Lead + TimeSpan.FromMinutes(59));
        keys.Revoked.Learn([]);
        Assert.NotNull(keys.Tokens.Check(token).Principal);
        keys.Clock.Advance(TimeSpan.FromMinutes(1));
        keys.Revoked.Learn([]);
        Assert.Equal((null, TokenRefusal.Invalid), keys.Tokens.Check(token));
        Assert.NotNull(keys.Tokens.Check(keys.GoodToken()).Principal);
    }

    [Fact]
    public void An_expired_token_is_refused_though_it_was_found_good_before()
    {
        var token = keys.GoodToken();
        Assert.NotNull(keys.Tokens.Check(token).Principal);

        keys.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal((null, TokenRefusal.Expired), keys.Tokens.Check(token));
    }

    [Fact]
    public void A_token_of_an_ended_session_is_refused_though_it_was_found_good_before()
    {
        var session = Guid.CreateVersion7();
        var (token, expiresAt) = keys.Issuer.IssueAccess(Guid.CreateVersion7(), session, "member", mustChangePassword: false);
        Assert.NotNull(keys.Tokens.Check(token).Principal);

        keys.Revoked.Learn([new EndedSession(1, session, expiresAt)]);

        Assert.Equal((null, TokenRefusal.SessionEnded), keys.Tokens.Check(token));
    }

    [Fact]
    public void Without_word_from_auth_no_session_is_believed_and_ended_ones_stay_ended()
    {
        var (session, token) = (Guid.CreateVersion7(), keys.GoodToken());
        var (ended, expiresAt) = keys.Issuer.IssueAccess(Guid.CreateVersion7(), session, "member", mustChangePassword: false);
        keys.Revoked.Learn([new EndedSession(1, session, expiresAt)]);

        keys.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal((null, TokenRefusal.Unverifiable), keys.Tokens.Check(token));
        Assert.Equal((null, TokenRefusal.SessionEnded), keys.Tokens.Check(ended));
        keys.Revoked.Learn([]);
        Assert.NotNull(keys.Tokens.Check(token).Principal);
    }

    [Fact]
    public void Ended_sessions_are_forgotten_once_their_tokens_have_expired_and_not_before()
    {
        var session = Guid.CreateVersion7();
        keys.Revoked.Learn([new EndedSession(1, session, keys.Clock.GetUtcNow().AddHours(1))]);

        keys.Revoked.ForgetExpired();
        Assert.Equal(SessionVerdict.Ended, keys.Revoked.Verdict(session));
        keys.Clock.Advance(TimeSpan.FromHours(2));
        keys.Revoked.Learn([]);
        keys.Revoked.ForgetExpired();
        Assert.Equal(SessionVerdict.Lasts, keys.Revoked.Verdict(session));
    }

    [Fact]
    public void Forged_tokens_are_refused_every_time()
    {
        var forged = ForgedTokens.Invalid(keys.Forge);

        Assert.All(forged, token => Assert.Equal((null, TokenRefusal.Invalid), keys.Tokens.Check(token.Value)));
        Assert.All(forged, token => Assert.Equal((null, TokenRefusal.Invalid), keys.Tokens.Check(token.Value)));
    }
}
