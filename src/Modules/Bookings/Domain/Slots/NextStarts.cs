using Portico.Bookings.Domain.Calendar;

namespace Portico.Bookings.Domain.Slots;

/// <summary>The next times that can be had in any of many spaces, each with all the spaces that are free then.</summary>
internal static class NextStarts
{
    /// <param name="within">Where they begin. What is known of the spaces reaches as far after it as a booking lasts.</param>
    /// <param name="count">The most times that are wanted.</param>
    public static IReadOnlyList<(Interval Slot, IReadOnlyList<TSpace> Spaces)> Of<TSpace>(
        IEnumerable<(TSpace Space, AreaSlots Slots)> spaces, int minutes, Interval within, int count)
    {
        // The first so many of all are among the first so many of each: whatever is free at one of them is counted.
        SortedDictionary<Interval, List<TSpace>> starts = new(Comparer<Interval>.Create(
            static (one, other) => (one.Start, one.End).CompareTo((other.Start, other.End))));
        foreach (var (space, slots) in spaces)
        {
            foreach (var slot in slots.NextFree(minutes, within.Start, count))
            {
                if (slot.Start >= within.End)
                {
                    break;
                }

                if (!starts.TryGetValue(slot, out var free))
                {
                    starts[slot] = free = [];
                }

                free.Add(space);
            }
        }

        return [.. starts.Take(count).Select(start => (start.Key, (IReadOnlyList<TSpace>)start.Value))];
    }
}
