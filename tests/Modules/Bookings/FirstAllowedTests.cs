using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Rules;
using Interval = Portico.Bookings.Domain.Calendar.Interval;

namespace Portico.Tests.Modules.Bookings;

public sealed class FirstAllowedTests
{
    private static readonly Asker Member = new(IsStaff: false, PlanId: null);

    [Fact]
    public void What_is_said_to_be_free_is_allowed() => Prop.ForAll(Days(), drawn =>
    {
        var (day, minutes) = drawn;
        Assert.All(day.Slots.NextFree(minutes, day.Minutes.At(day.From), 5), slot => Assert.Empty(Check(day, slot)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_first_start_that_is_told_is_allowed_and_none_before_it_would_be() => Prop.ForAll(Days(), drawn =>
    {
        var (day, minutes) = drawn;
        var refusals = Check(day, day.Minutes.Interval(day.From, day.Minutes.EndOf(day.From, minutes)));
        foreach (var first in refusals.Select(refusal => refusal.FirstAllowed).OfType<DateTimeOffset>().Distinct())
        {
            Assert.Empty(Check(day, new(first, day.Hours.Calendar.Clock.EndOf(first, minutes))));
            var earlier = Enumerable.Range(day.From, Math.Max(0, Math.Min(RandomDay.Last(day.Hours), (int)(first - day.Minutes.Begin).TotalMinutes) - day.From));
            Assert.All(
                // Five minutes late is still now, but not what anybody is told to ask for.
                earlier.Where(start => start >= day.Earliest && day.Minutes.OnStep(start, day.Rules.StepMinutes)),
                start => Assert.NotEmpty(Check(day, day.Minutes.Interval(start, day.Minutes.EndOf(start, minutes)))));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Where_a_start_within_the_horizon_would_be_allowed_one_is_told() => Prop.ForAll(Days(), drawn =>
    {
        var (day, minutes) = drawn;
        var asked = day.Minutes.Interval(day.From, day.Minutes.EndOf(day.From, minutes));
        if (Check(day, asked).FirstOrDefault(refusal => refusal.Reason is RefusalReason.Closed) is { FirstAllowed: null })
        {
            Assert.Empty(day.Slots.NextFree(minutes, asked.Start, 1));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static IReadOnlyList<Refusal> Check(RandomDay day, Interval during) =>
        BookingRules.Check(new(during, 1), Member, day.Minutes.At(day.Now), day.Rules, day.Hours.Calendar);

    // Of lengths that the rules allow.
    private static Arbitrary<(RandomDay Day, int Minutes)> Days() => (
        from day in RandomDay.Any
        from minutes in Gen.Elements(30, 60, 120, 240, 600, 1440, 1560)
        let steps = (Math.Max(minutes, day.Rules.ShortestMinutes) + day.Rules.StepMinutes - 1) / day.Rules.StepMinutes
        select (day with { Busy = [] }, steps * day.Rules.StepMinutes)).ToArbitrary();
}
