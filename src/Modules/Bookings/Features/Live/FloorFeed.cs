using Portico.Bookings.Domain.Live;

namespace Portico.Bookings.Features.Live;

/// <summary>
/// What the process's listeners have in common: the last changes, and how they are woken. A listener costs a place in a queue
/// and no buffer, no timer and no thread.
/// </summary>
internal sealed class FloorFeed : IDisposable
{
    // Heartbeats come to one group after the other: thousands at the same instant would be felt by everybody else.
    private const int Groups = 16;

    private readonly TaskCompletionSource<FloorRing> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ListenerGroup[] groups = [.. Enumerable.Range(0, Groups).Select(_ => new ListenerGroup())];
    private readonly CancellationTokenRegistration onStop;
    private volatile bool isOver;
    private int joined;
    private int listening;
    private int beating;

    public FloorFeed(IHostApplicationLifetime application) => onStop = application.ApplicationStopping.Register(() =>
    {
        // Before the server drains: it would wait for streams as for any answer.
        isOver = true;
        WakeAll();
    });

    /// <summary>How many listen.</summary>
    public int Listening => Volatile.Read(ref listening);

    /// <summary>Whether the process stops, and with it every stream.</summary>
    public bool IsOver => isOver;

    /// <summary>Between two heartbeats of different groups, when each has one in <paramref name="all"/>.</summary>
    public static TimeSpan Step(TimeSpan all) => all / Groups;

    /// <summary>The last changes, once it is known where they begin.</summary>
    public Task<FloorRing> Opened => opened.Task;

    public void Open(FloorRing ring) => opened.TrySetResult(ring);

    public ListenerGroup Join()
    {
        Interlocked.Increment(ref listening);
        return groups[(uint)Interlocked.Increment(ref joined) % Groups];
    }

    public void Leave() => Interlocked.Decrement(ref listening);

    public void WakeAll() => Array.ForEach(groups, group => group.Wake());

    /// <summary>To be called at every <see cref="Step"/>: the next group's heartbeat.</summary>
    public void Beat() => groups[(uint)Interlocked.Increment(ref beating) % Groups].Beat();

    public void Dispose() => onStop.Dispose();
}

/// <summary>Listeners that are woken together.</summary>
internal sealed class ListenerGroup
{
    private TaskCompletionSource news = New();
    private int beats;

    /// <summary>Ends with the next news or heartbeat. To be taken before looking what there is.</summary>
    public Task News => Volatile.Read(ref news).Task;

    /// <summary>How many heartbeats there were.</summary>
    public int Beats => Volatile.Read(ref beats);

    public void Wake() => Interlocked.Exchange(ref news, New()).TrySetResult();

    public void Beat()
    {
        Interlocked.Increment(ref beats);
        Wake();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
