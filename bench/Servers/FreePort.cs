using System.Net;
using System.Net.Sockets;

namespace Portico.Bench.Servers;

internal static class FreePort
{
    public static Uri NextAddress() => new($"http://127.0.0.1:{Next()}");

    // Below the ports that the system hands to callers: one who keeps knocking at such a port before its server listens may be
    // given that very port, and is then connected to itself.
    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
            }
        }
    }
}
