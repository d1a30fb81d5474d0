using System.Net;
using System.Net.Sockets;

namespace Portico.Notifications.Webhooks;

/// <summary>Which addresses are on the Internet, and not on this machine, in the house, or with whoever runs the machine.</summary>
internal static class PublicAddresses
{
    // www.iana.org/assignments/iana-ipv4-special-registry: whatever is not globally reachable, and multicast.
    private static readonly IPNetwork[] NotPublic =
    [
        .. from network in (string[])
           [
               "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
               "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
           ]
           select IPNetwork.Parse(network),
    ];

    // All of the Internet there is so far. In it are addresses that carry one of IPv4, which would get round the list above.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotGlobal =
        [.. from network in (string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"] select IPNetwork.Parse(network)];

    public static bool Has(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily switch
        {
            AddressFamily.InterNetwork => !NotPublic.Any(network => network.Contains(plain)),
            AddressFamily.InterNetworkV6 => Global.Contains(plain) && !NotGlobal.Any(network => network.Contains(plain)),
            _ => false,
        };
    }
}
