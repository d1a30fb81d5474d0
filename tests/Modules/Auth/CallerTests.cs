using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Portico.Auth;

namespace Portico.Tests.Modules.Auth;

public sealed class CallerTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("fe80::1%3", "fe80::1", "fe80::/64")]
    public void An_address_has_one_spelling_and_a_network(string from, string address, string network)
    {
        var caller = Caller.Of(From(IPAddress.Parse(from)));

        Assert.Equal((address, network), (caller.Address, caller.Network));
    }

    [Fact]
    public void Nothing_is_known_of_a_caller_on_a_local_socket_without_a_token()
    {
        var caller = Caller.Of(From(null));

        Assert.Equal(new Caller("", "", "", null, null), caller);
    }

    [Fact]
    public void The_agent_is_cut()
    {
        var context = From(IPAddress.Loopback);
        context.Request.Headers.UserAgent = new string('x', 5000);

        Assert.Equal(200, Caller.Of(context).Agent.Length);
    }

    [Fact]
    public void The_account_and_session_come_from_the_token()
    {
        var (account, session) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var context = From(IPAddress.Loopback);
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new("sub", account.ToString()), new("sid", session.ToString())], "test"));

        var caller = Caller.Of(context);

        Assert.Equal((account, session), (caller.AccountId!.Value, caller.SessionId!.Value));
    }

    private static DefaultHttpContext From(IPAddress? address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address;
        return context;
    }
}
