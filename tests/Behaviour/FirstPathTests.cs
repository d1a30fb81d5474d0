namespace Portico.Tests.Behaviour;

public sealed class FirstPathTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Somebody_registers_has_a_profile_logs_out_and_the_token_is_dead(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var anna = await platform.MemberAsync();

        var me = (await anna.GetAsync("/api/auth/me")).Expect(HttpStatusCode.OK);
        Assert.Equal(anna.Username, me.Text("username"));

        (await anna.LogoutAsync()).Expect(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(
            async () => (await anna.GetAsync("/api/members/profile")).Code == "session-ended", "the token still works", within: TimeSpan.FromSeconds(1));
    }
}
