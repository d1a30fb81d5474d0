namespace Portico.Bookings.Domain.Calendar;

/// <summary>From <paramref name="Start"/> until just before <paramref name="End"/>: what ends when the next begins does not meet it.</summary>
internal readonly record struct Interval(DateTimeOffset Start, DateTimeOffset End)
{
    public bool IsEmpty => End <= Start;

    public TimeSpan Length => End - Start;

    public bool Overlaps(Interval other) => !Shared(other).IsEmpty;

    public bool Contains(DateTimeOffset instant) => Start <= instant && instant < End;

    public bool Contains(Interval other) => Start <= other.Start && other.End <= End;

    public Interval Widen(TimeSpan before, TimeSpan after) => new(Start - before, End + after);

    /// <summary>What both have; empty when they do not meet.</summary>
    public Interval Shared(Interval other) => new(Start > other.Start ? Start : other.Start, End < other.End ? End : other.End);
}
