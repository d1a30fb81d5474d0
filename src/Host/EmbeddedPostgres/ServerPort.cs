using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portico.Host.EmbeddedPostgres;

internal static class ServerPort
{
    /// <summary>The port of last time if nobody took it since, so that what people noted down stays true; else a free one.</summary>
    public static async Task<int> ChooseAsync(ServerFolder folder, CancellationToken cancellationToken)
    {
        if (File.Exists(folder.Port)
            && int.TryParse(await File.ReadAllTextAsync(folder.Port, cancellationToken), CultureInfo.InvariantCulture, out var recorded)
            && FreePort(recorded) is not null)
        {
            return recorded;
        }

        var port = FreePort(0) ?? throw new EmbeddedServerException("127.0.0.1 has no free TCP port for PostgreSQL.");
        await File.WriteAllTextAsync(folder.Port, port.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return port;
    }

    private static int? FreePort(int wanted)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
