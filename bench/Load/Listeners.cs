using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portico.Bench.Load;

/// <summary>
/// People who watch the floor, each with a token and a connection of their own. They read bytes and no HTTP: what an HTTP client
/// does for each of thousands would take the processor from the server that is measured.
/// </summary>
internal sealed class Listeners : IDisposable
{
    private const int ConnectingAtOnce = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Socket> sockets = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource going = new();
    private Arrivals? awaited;

    private Listeners()
    {
    }

    /// <summary>Until each of them has been greeted.</summary>
    public static async Task<Listeners> ConnectAsync(Uri server, IReadOnlyList<string> tokens, CancellationToken cancellationToken)
    {
        RequireOpenFiles(tokens.Count);
        var listeners = new Listeners();
        await Parallel.ForEachAsync(
            tokens,
            new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce, CancellationToken = cancellationToken },
            async (token, stopping) => await listeners.AddAsync(server, token, stopping));
        return listeners;
    }

    /// <summary>How long after now each of them hears of what <paramref name="act"/> does to the floor, in milliseconds, the first one first.</summary>
    public async Task<IReadOnlyList<double>> HearAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        var arrivals = new Arrivals(sockets.Count);
        awaited = arrivals;
        var begun = Stopwatch.GetTimestamp();
        await act();
        await arrivals.All.WaitAsync(Patience, cancellationToken);
        return [.. arrivals.At.Select(at => Stopwatch.GetElapsedTime(begun, at).TotalMilliseconds).Order()];
    }

    public void Dispose()
    {
        going.Cancel();
        sockets.ForEach(socket => socket.Dispose());
        going.Dispose();
    }

    private async Task AddAsync(Uri server, string token, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        lock (gate)
        {
            sockets.Add(socket);
        }

        await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"GET /api/bookings/live HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n"), cancellationToken);
        var greeted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = ReadAsync(socket, greeted);
        await greeted.Task.WaitAsync(Patience, cancellationToken);
    }

    private async Task ReadAsync(Socket socket, TaskCompletionSource greeted)
    {
        var buffer = new byte[2048];
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer, going.Token)) > 0)
            {
                if (buffer.AsSpan(0, read).IndexOf("event: floor"u8) >= 0)
                {
                    awaited?.Add(Stopwatch.GetTimestamp());
                }
                else if (buffer.AsSpan(0, read).IndexOf("event: hello"u8) >= 0)
                {
                    greeted.TrySetResult();
                }
                else if (buffer.AsSpan(0, read).IndexOf("application/problem+json"u8) >= 0)
                {
                    greeted.TrySetException(new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, read)));
                }
            }

            greeted.TrySetException(new InvalidOperationException("The stream was ended."));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            greeted.TrySetException(e);
        }
    }

    // The runtime raises its own limit as far as it may, here and in the server.
    private static void RequireOpenFiles(int connections)
    {
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        if (limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4] is { } hard && int.TryParse(hard, out var most) && most < connections + 500)
        {
            throw new InvalidOperationException($"{connections} connections need more open files than the {most} that are allowed here: ulimit -Hn.");
        }
    }

    private sealed class Arrivals(int count)
    {
        private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly long[] at = new long[count];
        private int arrived;

        public Task All => all.Task;

        public IReadOnlyList<long> At => at;

        public void Add(long timestamp)
        {
            var nth = Interlocked.Increment(ref arrived);
            at[nth - 1] = timestamp;
            if (nth == count)
            {
                all.TrySetResult();
            }
        }
    }
}
