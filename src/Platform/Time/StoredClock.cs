namespace Portico.Platform.Time;

/// <summary>The time as the database keeps it.</summary>
public static class StoredClock
{
    /// <summary>
    /// Now, in whole microseconds: PostgreSQL keeps no more. An answer that told the tenths it drops would differ from every
    /// later one about the same thing.
    /// </summary>
    public static DateTimeOffset GetStoredNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
