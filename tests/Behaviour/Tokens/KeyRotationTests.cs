using Portico.Platform.Security;

namespace Portico.Tests.Behaviour.Tokens;

[Trait("Category", "Proof")]
public sealed class KeyRotationTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task A_rotation_signs_nobody_out_until_the_overlap_is_over(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();
        var before = platform.TokenKeys().Current.Id;

        platform.TokenKeys().Rotate(overlap: TimeSpan.FromHours(2));
        platform.Clock.Advance(KeyRing.Lead);

        // Every process reads the new key within some seconds of real time, which the clock of the platforms has leapt over;
        // the old one is good meanwhile.
        var bob = platform.Somebody();
        bob.Username = anna.Username;
        await Eventually.TrueAsync(
            async () =>
            {
                (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);
                await bob.LoginAsync(anna.Username);
                return !bob.Token!.Split('.')[0].Equals(anna.Token!.Split('.')[0], StringComparison.Ordinal);
            },
            "nothing is signed with the new key");
        await Eventually.TrueAsync(
            async () => (await bob.GetAsync("/api/members/profile")).Status == HttpStatusCode.OK, "members does not read the new key");
        (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.OK);
        Assert.NotEqual(before, platform.TokenKeys().Current.Id);

        platform.Clock.Advance(TimeSpan.FromHours(2));

        (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized, "token-invalid");
        (await anna.GetAsync("/api/members/profile")).Expect(HttpStatusCode.Unauthorized, "token-invalid");
        (await bob.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);
        (await bob.GetAsync("/api/members/profile")).Expect(HttpStatusCode.OK);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Tokens_run_out_after_a_day_and_ended_sessions_at_once(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var (anna, bob) = (await platform.MemberAsync(), await platform.MemberAsync());

        (await anna.LogoutAsync()).Expect(HttpStatusCode.NoContent);
        (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized);
        await Eventually.TrueAsync(
            async () => (await anna.GetAsync("/api/members/profile")).Code == "session-ended", "members believes an ended session", within: TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(
            async () => (await anna.GetAsync("/api/auth/me")).Code == "session-ended", "auth believes an ended session", within: TimeSpan.FromSeconds(1));

        platform.Clock.Advance(TimeSpan.FromHours(24));
        (await bob.GetAsync("/api/members/profile")).Expect(HttpStatusCode.Unauthorized, "token-expired");
        (await bob.GetAsync("/api/auth/me")).Expect(HttpStatusCode.Unauthorized, "token-expired");
    }
}
