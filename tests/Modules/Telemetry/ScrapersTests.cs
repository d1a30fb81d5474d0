using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Portico.Platform.Telemetry;

namespace Portico.Tests.Modules.Telemetry;

public sealed class ScrapersTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("::2", false)]
    public void By_default_this_machine_may_scrape(string address, bool admitted) => Assert.Equal(admitted, Admitted(new(), address));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("fd00::7", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("11.1.2.3", false)]
    public void Named_networks_replace_the_default(string address, bool admitted) =>
        Assert.Equal(admitted, Admitted(new() { ScrapeNetworks = ["10.0.0.0/8", "fd00::/8"] }, address));

    [Fact]
    public void An_unknown_address_may_not_scrape() =>
        Assert.False(new Scrapers(Options.Create(new TelemetryOptions())).Admit(new DefaultHttpContext()));

    private static bool Admitted(TelemetryOptions options, string address)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
        return new Scrapers(Options.Create(options)).Admit(context);
    }
}
