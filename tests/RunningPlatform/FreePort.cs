using System.Net;
using System.Net.Sockets;

namespace Portico.Tests;

/// <summary>
/// Ports for servers whose addresses have to be known before they listen. Below those the system hands to callers, or a
/// connection of another test may hold one before the server does; never one twice, since tests run side by side.
/// </summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Count = 22_000;
    private static int taken = Random.Shared.Next(Count);

    /// <summary>The first of <paramref name="inARow"/> free ones.</summary>
    public static int Next(int inARow = 1)
    {
        while (true)
        {
            // The same remainder however many are wanted: with another one, what is given after the last port would be given twice.
            var nth = ((Interlocked.Add(ref taken, inARow) - inARow) & int.MaxValue) % Count;
            if (nth + inARow <= Count && Enumerable.Range(First + nth, inARow).All(IsFree))
            {
                return First + nth;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
