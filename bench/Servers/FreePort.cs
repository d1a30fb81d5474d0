using System.Net;
using System.Net.Sockets;

namespace Portico.Bench.Servers;

internal static class FreePort
{
    public static Uri NextAddress() => new($"http://127.0.0.1:{Next()}");

    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
