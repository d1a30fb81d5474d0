namespace Portico.Tests;

/// <summary>The real time, moved: what people do by the clock can be tested without waiting, timers and time-outs stay real.</summary>
public sealed class MovableClock : TimeProvider
{
    private long movedTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref movedTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref movedTicks, by.Ticks);

    public void MoveTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());
}
