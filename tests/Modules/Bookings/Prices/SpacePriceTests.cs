using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;

namespace Portico.Tests.Modules.Bookings.Prices;

public sealed class SpacePriceTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);
    private static readonly PriceAdjustment Peak = new("Peak", 25, [Weekday.Saturday, Weekday.Sunday], "09:00", "12:00");

    [Fact]
    public void Splitting_a_booking_at_any_local_midnight_costs_the_same() => Prop.ForAll(PriceCases.Stays(20).ToArbitrary(), stay =>
    {
        // Not "where it is 00:00": in Cairo a spring day begins at one, and in Nuuk an autumn day goes on after its first midnight.
        var stretches = Stretch.Of(stay.Start, stay.End, stay.Zone).ToList();
        foreach (var midnight in stretches.Zip(stretches.Skip(1)).Where(pair => pair.First.Day < pair.Second.Day).Select(pair => pair.Second.From))
        {
            Assert.Equal(stay.Parts(stay.Start, stay.End), stay.Parts(stay.Start, midnight) + stay.Parts(midnight, stay.End));
        }
    }).Check(Thorough);

    [Fact]
    public void Splitting_an_hourly_booking_anywhere_costs_the_same() => Prop.ForAll(
        PriceCases.Stays(5).ToArbitrary(), PriceCases.Rates.ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (stay, rate, share) =>
        {
            var hourly = stay with { Rules = stay.Rules with { Hourly = rate, HalfDay = null, Daily = null } };
            var cut = stay.Start.AddMinutes(Math.Floor((stay.End - stay.Start).TotalMinutes * share / 100));
            Assert.Equal(hourly.Parts(stay.Start, stay.End), hourly.Parts(stay.Start, cut) + hourly.Parts(cut, stay.End));
        }).Check(Thorough);

    [Fact]
    public void Hours_cost_what_counting_each_minute_by_the_clock_on_the_wall_gives() => Prop.ForAll(
        PriceCases.Stays(2).ToArbitrary(), PriceCases.Rates.ToArbitrary(), (stay, rate) =>
        {
            var hourly = stay with { Rules = stay.Rules with { Hourly = rate, HalfDay = null, Daily = null } };
            var counted = 0m;
            for (var minute = stay.Start; minute < stay.End; minute = minute.AddMinutes(1))
            {
                var local = TimeZoneInfo.ConvertTime(minute, stay.Zone).DateTime;
                var percent = stay.Rules.Adjustments!.Where(one => Holds(one, local)).Sum(one => one.Percent);
                counted += rate * Math.Max(0, 100 + percent);
            }

            Assert.Equal(counted, hourly.Parts(stay.Start, stay.End));
        }).Check(Thorough);

    [Fact]
    public void Staying_longer_is_never_cheaper_unless_an_adjustment_makes_it_so() => Prop.ForAll(
        PriceCases.Stays(70, monthly: true, lowestAdjustment: 0).ToArbitrary(), PriceCases.Minutes(40).ToArbitrary(), (stay, more) =>
            Assert.True(stay.Parts(stay.Start, stay.End) <= stay.Parts(stay.Start, stay.End.AddMinutes(more)))).Check(Thorough);

    [Fact]
    public void It_is_never_negative() => Prop.ForAll(PriceCases.Stays(40, monthly: true).ToArbitrary(), stay =>
        Assert.All(SpacePrice.Of(stay.Start, stay.End, stay.Zone, stay.Rules), charge => Assert.True(charge.Parts >= 0))).Check(Thorough);

    [Theory]
    [InlineData("Europe/Rome", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23)]
    [InlineData("Europe/Rome", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25)]
    [InlineData("America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 23)]
    [InlineData("America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 25)]
    public void A_day_that_the_clocks_change_is_one_day_and_as_many_hours_as_pass(string zone, string start, string end, int hours)
    {
        var byHour = Assert.Single(Charges(zone, start, end, new(Hourly: 10)));
        Assert.Equal((hours, PriceUnit.Hour, hours * 10m), (byHour.Quantity, byHour.Unit, byHour.Exact));
        var byDay = Assert.Single(Charges(zone, start, end, new(Hourly: 10, Daily: 120)));
        Assert.Equal((1m, PriceUnit.Day, 120m), (byDay.Quantity, byDay.Unit, byDay.Exact));
    }

    [Theory]
    // Two in the morning comes twice, and so does half past: by the clock on the wall half an hour of each is within the window.
    [InlineData("Europe/Rome", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "02:30", "04:00", 20 + 10)]
    [InlineData("Europe/Rome", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "02:00", "02:30", 20 + 10)]
    [InlineData("Europe/Rome", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z", "02:00", "03:00", 20)]
    [InlineData("America/New_York", "2026-11-01T05:00:00Z", "2026-11-01T07:00:00Z", "01:30", "02:00", 20 + 10)]
    [InlineData("America/New_York", "2026-03-08T06:00:00Z", "2026-03-08T08:00:00Z", "01:30", "03:30", 20 + 10)]
    public void Windows_are_read_off_the_clock_on_the_wall(string zone, string start, string end, string from, string to, int cost) =>
        Assert.Equal(cost, Charges(zone, start, end, new(Hourly: 10, Adjustments: [new("Night", 100, null, from, to)])).Sum(charge => charge.Exact));

    [Fact]
    public void Each_day_costs_its_cheapest_rate_and_says_so()
    {
        // Saturday from noon to Sunday at two.
        var charges = Charges("Europe/Rome", "2026-12-05T11:00:00Z", "2026-12-06T13:00:00Z", new(Hourly: 10, HalfDay: 35, Daily: 60, Adjustments: [Peak]));
        Assert.Equal([("2026-12-05 day", 60m), ("2026-12-06 day", 60m)], charges.Select(charge => (charge.Description, charge.Exact)));
        charges = Charges("Europe/Rome", "2026-12-05T09:00:00Z", "2026-12-05T13:00:00Z", new(Hourly: 10, HalfDay: 35, Daily: 60, Adjustments: [Peak]));
        Assert.Equal(("2026-12-05 half day", 35m), (charges[0].Description, charges[0].Exact));
        charges = Charges("Europe/Rome", "2026-12-05T10:30:00Z", "2026-12-05T12:20:00Z", new(Hourly: 10, HalfDay: 35, Daily: 60, Adjustments: [Peak]));
        Assert.Equal(
            [("2026-12-05 11:30–12:00 hourly +25 % Peak", 0.5m, 12.5m), ("2026-12-05 12:00–13:20 hourly", 1.3333m, 10m)],
            charges.Select(charge => (charge.Description, charge.Quantity, charge.UnitPrice)));
        Assert.Equal(6.25m + (40m / 3), charges.Sum(charge => charge.Exact));
    }

    [Fact]
    public void Adjustments_of_a_whole_day_change_its_days_and_half_days_and_those_that_meet_add_up()
    {
        PriceAdjustment weekend = new("Weekend", -10, [Weekday.Saturday, Weekday.Sunday]);
        PriceAdjustment winter = new("Winter", 5.5m);
        var rules = new PriceRules(Daily: 100, HalfDay: 60, Adjustments: [weekend, winter, Peak]);
        var day = Assert.Single(Charges("Europe/Rome", "2026-12-05T08:00:00Z", "2026-12-05T17:00:00Z", rules));
        Assert.Equal(("2026-12-05 day -10 % Weekend +5.5 % Winter", 95.5m, 95.5m), (day.Description, day.UnitPrice, day.Exact));
        var half = Assert.Single(Charges("Europe/Rome", "2026-12-07T08:00:00Z", "2026-12-07T12:00:00Z", rules));
        Assert.Equal(("2026-12-07 half day +5.5 % Winter", 63.3m), (half.Description, half.Exact));
        var given = rules with { Adjustments = [weekend with { Percent = -60 }, winter with { Percent = -60 }] };
        Assert.Equal(0, Charges("Europe/Rome", "2026-12-05T08:00:00Z", "2026-12-05T17:00:00Z", given)[0].Exact);
    }

    [Theory]
    // From the thirty-first, months are full on the last of February and on the thirty-first of March.
    [InlineData("2026-01-31T09:00:00Z", "2026-02-28T08:59:00Z", "month 300")]
    [InlineData("2026-01-31T09:00:00Z", "2026-02-28T09:00:00Z", "month 300")]
    [InlineData("2026-01-31T09:00:00Z", "2026-03-31T08:00:00Z", "2 months 600")]
    [InlineData("2026-01-31T09:00:00Z", "2026-03-02T09:00:00Z", "month 300, day 20, day 20, day 20")]
    [InlineData("2026-01-31T09:00:00Z", "2026-03-25T09:00:00Z", "month 300, month 300")]
    [InlineData("2026-03-05T09:00:00Z", "2026-03-06T09:00:00Z", "day 20, day 20")]
    public void Whole_months_cost_the_monthly_rate_and_the_rest_never_more(string start, string end, string expected) => Assert.Equal(
        expected,
        string.Join(", ", Charges("Europe/Rome", start, end, new(Daily: 20, Monthly: 300)).Select(charge =>
            $"{(charge.Quantity > 1 ? $"{charge.Quantity} months" : charge.Unit.ToString().ToLowerInvariant())} {charge.Exact:0}")));

    [Fact]
    public void Where_there_is_no_hourly_rate_what_covers_the_time_is_charged()
    {
        const string Start = "2026-12-07T08:00:00Z";
        Assert.Equal(60, Assert.Single(Charges("UTC", Start, "2026-12-07T08:30:00Z", new(HalfDay: 60, Daily: 100))).Exact);
        Assert.Equal(100, Assert.Single(Charges("UTC", Start, "2026-12-07T13:00:00Z", new(HalfDay: 60, Daily: 100))).Exact);
        var halves = Assert.Single(Charges("UTC", Start, "2026-12-07T16:01:00Z", new(HalfDay: 60)));
        Assert.Equal((3, 180m), (halves.Quantity, halves.Exact));
        Assert.Equal(300, Assert.Single(Charges("UTC", Start, "2026-12-07T08:30:00Z", new(Monthly: 300))).Exact);
        Assert.Empty(Charges("UTC", Start, "2026-12-09T08:30:00Z", new()));
    }

    private static IReadOnlyList<SpaceCharge> Charges(string zone, string start, string end, PriceRules rules) =>
        SpacePrice.Of(DateTimeOffset.Parse(start), DateTimeOffset.Parse(end), TimeZoneInfo.FindSystemTimeZoneById(zone), rules);

    // Written as a person would: hours and minutes compared as text.
    private static bool Holds(PriceAdjustment one, DateTime local) =>
        (one.Days is null or [] || one.Days.Any(day => day.ToString() == local.DayOfWeek.ToString()))
        && string.CompareOrdinal($"{local:HH:mm}", one.From ?? "00:00") >= 0 && string.CompareOrdinal($"{local:HH:mm}", one.To ?? "24:00") < 0;
}
