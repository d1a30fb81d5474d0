using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Portico.Platform.Security;

namespace Portico.Tests.Modules.Payments;

public sealed class WebhookSignatureTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_the_hmac_of_time_and_body()
    {
        // printf '1777888800.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_test
        Assert.Equal("t=1777888800,v1=6e09bf0ee6209ef221cf892a35611816828b0af91159b7bb03b1f163d1747c02", WebhookSignature.Of("""{"id":"evt_1"}""", "whsec_test", Now));
    }

    [Theory, InlineData(0, true), InlineData(300, true), InlineData(301, false), InlineData(-300, true), InlineData(-301, false)]
    public void It_is_good_for_three_hundred_seconds(int seconds, bool good) =>
        Assert.Equal(good, WebhookSignature.IsGood(WebhookSignature.Of("body", "secret", Now), "body"u8, "secret", Now.AddSeconds(seconds)));

    [Theory]
    [InlineData("v1=0,{0}", true)]
    [InlineData("{0},v1=ff,v0=1,scheme=x", true)]
    [InlineData(" {0} , t=1", false)]
    [InlineData("t=-1", false)]
    [InlineData("t=99999999999999999999", false)]
    [InlineData("{0}0", false)]
    [InlineData("", false)]
    [InlineData(",,==,t", false)]
    public void Any_of_several_will_do_and_nothing_else(string header, bool good) =>
        Assert.Equal(good, WebhookSignature.IsGood(header.Replace("{0}", WebhookSignature.Of("body", "secret", Now), StringComparison.Ordinal), "body"u8, "secret", Now));

    [Fact]
    public void Another_body_secret_or_time_is_not_signed() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>, NonNull<string>>((body, other) =>
    {
        var header = WebhookSignature.Of(body.Get, "secret", Now);
        var bytes = Encoding.UTF8.GetBytes(body.Get);
        return WebhookSignature.IsGood(header, bytes, "secret", Now)
            && (body.Get == other.Get || !WebhookSignature.IsGood(header, Encoding.UTF8.GetBytes(other.Get + "."), "secret", Now))
            && !WebhookSignature.IsGood(header, bytes, "secret2", Now)
            && !WebhookSignature.IsGood(header.Replace("t=1", "t=2", StringComparison.Ordinal), bytes, "secret", Now);
    }));
}
