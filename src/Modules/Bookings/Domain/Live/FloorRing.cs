namespace Portico.Bookings.Domain.Live;

/// <summary>
/// The last changes of the floor. One appends, any number read, each from a place of their own: nothing is kept for a reader,
/// and who is too slow finds out.
/// </summary>
/// <param name="capacity">How many are kept.</param>
/// <param name="start">The change before the first that will be appended.</param>
internal sealed class FloorRing(int capacity, long start)
{
    private readonly Lock gate = new();
    private readonly FloorEvent[] kept = new FloorEvent[capacity];
    private long appended;
    private long forgotten = start;
    private long last = start;

    /// <summary>The newest change there is.</summary>
    public long Last => Volatile.Read(ref last);

    /// <summary>Whoever has heard everything up to this finds all the rest here.</summary>
    public long Forgotten => Volatile.Read(ref forgotten);

    /// <param name="next">With a higher number than any before.</param>
    public void Append(FloorEvent next)
    {
        lock (gate)
        {
            if (next.Seq <= last)
            {
                throw new ArgumentOutOfRangeException(nameof(next), next.Seq, $"The last was {last}.");
            }

            ref var slot = ref kept[appended % capacity];
            if (slot is not null)
            {
                Volatile.Write(ref forgotten, slot.Seq);
            }

            slot = next;
            appended++;
            Volatile.Write(ref last, next.Seq);
        }
    }

    /// <summary>
    /// The first change after <paramref name="after"/>; null when there is none yet. False when it is no longer known which was the first.
    /// </summary>
    public bool TryNext(long after, out FloorEvent? next)
    {
        lock (gate)
        {
            var known = after >= forgotten;
            next = known && after < last ? FirstAfter(after) : null;
            return known;
        }
    }

    private FloorEvent FirstAfter(long after)
    {
        var (low, high) = (Math.Max(0, appended - capacity), appended - 1);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = kept[middle % capacity].Seq > after ? (low, middle) : (middle + 1, high);
        }

        return kept[low % capacity];
    }
}
