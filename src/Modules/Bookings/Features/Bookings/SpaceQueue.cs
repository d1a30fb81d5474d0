namespace Portico.Bookings.Features.Bookings;

/// <summary>
/// Those of this process who want the same space queue here, without a connection. All of them at the lock in the database
/// would have every connection there is, and whoever wants another space would wait for this one. It decides nothing: other
/// processes have queues of their own, and the lock is taken all the same.
/// </summary>
internal sealed class SpaceQueue
{
    // One is at work, and the next one already waits at the lock.
    private const int AtTheLock = 2;
    private readonly Dictionary<Guid, Line> lines = [];

    /// <summary>Waits for a turn, which ends when the answer is disposed.</summary>
    public async Task<IDisposable> EnterAsync(Guid space, CancellationToken cancellationToken)
    {
        Line line;
        lock (lines)
        {
            if (!lines.TryGetValue(space, out line!))
            {
                lines[space] = line = new();
            }

            line.People++;
        }

        try
        {
            await line.Turns.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(space, line);
            throw;
        }

        return new Turn(this, space, line);
    }

    private void Leave(Guid space, Line line)
    {
        lock (lines)
        {
            if (--line.People == 0)
            {
                lines.Remove(space);
                line.Turns.Dispose();
            }
        }
    }

    private sealed class Line
    {
        public SemaphoreSlim Turns { get; } = new(AtTheLock);

        public int People { get; set; }
    }

    private sealed class Turn(SpaceQueue queue, Guid space, Line line) : IDisposable
    {
        public void Dispose()
        {
            line.Turns.Release();
            queue.Leave(space, line);
        }
    }
}
