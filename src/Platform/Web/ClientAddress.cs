using System.Net;
using System.Net.Sockets;

namespace Portico.Platform.Web;

/// <summary>Where a request came from, as it is kept.</summary>
public static class ClientAddress
{
    /// <summary>An IPv4 address as such, also when it came over an IPv6 socket; an IPv6 one less its scope; null when there is no connection.</summary>
    public static IPAddress? Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => new IPAddress(address.GetAddressBytes()),
        var address => address,
    };
}
