using System.Net;
using System.Net.Sockets;

namespace Portico.Host.Setup;

/// <summary>Where a process is to answer.</summary>
internal static class ListeningAddresses
{
    /// <summary>Tells before anything is started that another program has the port.</summary>
    /// <exception cref="OperatorException">An address is taken, or none at all.</exception>
    public static void EnsureFree(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = Parse(url);
            if (!address.IsUnixPipe && address.Port != 0 && Interfaces(address.Host).Any(local => IsTaken(local, address.Port)))
            {
                throw Taken(url);
            }
        }
    }

    public static OperatorException Taken(string url) => new(
        $"Another program answers on {url} already. Stop it, or choose another address with --urls http://localhost:<port>.");

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Port: >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort } address ? address : throw Unusable(url);
        }
        catch (FormatException)
        {
            throw Unusable(url);
        }
    }

    private static OperatorException Unusable(string url) => new($"\"{url}\" is no address to answer on. Give one such as http://localhost:3000.");

    private static IPAddress[] Interfaces(string host) =>
        host == "localhost" ? [IPAddress.Loopback]
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address]
        : [IPAddress.Any];

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
