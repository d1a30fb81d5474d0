using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

public sealed class IntervalsTests
{
    private static readonly DateTimeOffset Zero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static Arbitrary<(List<Interval> One, List<Interval> Other)> Lists { get; } = (
        from one in Gen.ListOf(Any)
        from other in Gen.ListOf(Any)
        select (one.ToList(), other.ToList())).ToArbitrary();

    // Empty ones too.
    private static Gen<Interval> Any =>
        from start in Gen.Choose(0, 40)
        from length in Gen.Choose(0, 8)
        select new Interval(Zero.AddMinutes(start), Zero.AddMinutes(start + length));

    [Fact]
    public void Joined_they_are_the_same_minutes_in_order_and_apart() => Prop.ForAll(Lists, lists =>
    {
        var joined = Joined(lists.One);
        Assert.Equal(Marks(lists.One), Marks(joined));
        Assert.All(joined, interval => Assert.False(interval.IsEmpty));
        Assert.All(joined.Zip(joined.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Subtracted_only_the_minutes_of_the_first_are_left_that_the_second_has_not() => Prop.ForAll(Lists, lists =>
    {
        var left = Intervals.Subtract(Joined(lists.One), Joined(lists.Other));
        Assert.Equal(Marks(lists.One).Except(Marks(lists.Other)), Marks(left));
        Assert.All(left.Zip(left.Skip(1)), pair => Assert.True(pair.First.End < pair.Second.Start));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Two_overlap_when_they_share_a_minute_and_neighbours_do_not() => Prop.ForAll(
        (from one in Any from other in Any select (one, other)).ToArbitrary(),
        pair => pair.one.Overlaps(pair.other) == Marks([pair.one]).Intersect(Marks([pair.other])).Any()).QuickCheckThrowOnFailure();

    private static List<Interval> Joined(IEnumerable<Interval> intervals)
    {
        List<Interval> joined = [.. intervals];
        Intervals.Join(joined);
        return joined;
    }

    private static List<int> Marks(IEnumerable<Interval> intervals) =>
        [.. Enumerable.Range(0, 60).Where(minute => intervals.Any(interval => interval.Contains(Zero.AddMinutes(minute))))];
}
