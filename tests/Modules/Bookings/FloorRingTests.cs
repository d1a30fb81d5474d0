using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Live;

namespace Portico.Tests.Modules.Bookings;

public sealed class FloorRingTests
{
    [Fact]
    public void A_new_ring_knows_nothing_and_has_forgotten_what_was_before()
    {
        var ring = new FloorRing(10, 7);
        Assert.Equal((7, 7), (ring.Last, ring.Forgotten));
        Assert.True(ring.TryNext(7, out var next));
        Assert.Null(next);
        Assert.False(ring.TryNext(6, out next));
        Assert.Null(next);
        // Another process was faster.
        Assert.True(ring.TryNext(9, out next));
        Assert.Null(next);
    }

    [Theory, InlineData(7), InlineData(6), InlineData(-1)]
    public void Numbers_only_rise(long number) => Assert.Throws<ArgumentOutOfRangeException>(() => new FloorRing(10, 7).Append(Change(number)));

    // Against a list that forgets nothing: from any place one hears exactly what came after it, or is told that one cannot.
    [Fact]
    public void From_any_place_one_hears_everything_that_came_after_it_or_is_told_that_it_is_gone() => Prop.ForAll(
        (from capacity in Gen.Choose(1, 12)
         from start in Gen.Choose(0, 5)
         from gaps in Gen.ListOf(Gen.Choose(1, 3))
         from place in Gen.Choose(0, 60)
         select (capacity, start, gaps: gaps.ToList(), place)).ToArbitrary(),
        run =>
        {
            var ring = new FloorRing(run.capacity, run.start);
            List<long> all = [];
            long number = run.start;
            foreach (var gap in run.gaps)
            {
                ring.Append(Change(number += gap));
                all.Add(number);
            }

            var gone = all.Count > run.capacity ? all[^(run.capacity + 1)] : run.start;
            var (heard, complete) = Hear(ring, run.place);
            return run.place < gone
                ? !complete && heard.Count == 0
                : complete && heard.SequenceEqual(all.Where(known => known > run.place));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_reader_beside_the_writer_hears_all_in_order_until_it_is_told_that_it_is_behind()
    {
        const int Changes = 200_000;
        var ring = new FloorRing(64, 0);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            long heard = 0;
            while (heard < Changes)
            {
                if (!ring.TryNext(heard, out var next))
                {
                    // Behind: from here on, then.
                    heard = ring.Forgotten;
                }
                else if (next is not null)
                {
                    Assert.Equal(heard + 1, next.Seq);
                    heard = next.Seq;
                }
            }
        })).ToList();
        for (var number = 1; number <= Changes; number++)
        {
            ring.Append(Change(number));
        }

        await Task.WhenAll(readers);
    }

    private static (List<long> Heard, bool Complete) Hear(FloorRing ring, long place)
    {
        List<long> heard = [];
        while (ring.TryNext(place, out var next))
        {
            if (next is null)
            {
                return (heard, true);
            }

            heard.Add(place = next.Seq);
        }

        return (heard, false);
    }

    private static FloorEvent Change(long number) => new(number, default, default, null, default, default);
}
