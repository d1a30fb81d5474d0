using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Rules;
using static Portico.Bookings.Domain.Rules.RefusalReason;

namespace Portico.Tests.Modules.Bookings;

public sealed class BookingRulesTests
{
    private static readonly Guid Gold = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Silver = new("00000000-0000-0000-0000-00000000000b");
    private static readonly Asker Member = new(IsStaff: false, PlanId: null);
    private static readonly Asker Overriding = new(IsStaff: true, PlanId: null, OverrideReason: "The mayor comes");

    // Monday to Friday 08:00-20:00; 2026-05-04 is a Monday.
    private static readonly OpeningCalendar Office = new(
        "Europe/Rome",
        [.. Enum.GetValues<Weekday>().Take(5).Select(day => new OpeningRange(day, "08:00", "20:00"))],
        [new(new(2026, 5, 5), [], "Patron saint")]);

    private static readonly SpaceRules Room = new(60, 240, 30, 120, 10, 8, BookableBy.Everybody, [], false, 0, 0);
    private static readonly DateTimeOffset Now = At("2026-05-04 09:10");

    [Fact]
    public void What_keeps_to_the_rules_is_allowed() => Assert.Empty(Check("2026-05-04 11:30", "2026-05-04 13:00"));

    [Theory]
    [InlineData("2026-05-04 12:00", "2026-05-04 12:30", TooShort, 60, null)]
    [InlineData("2026-05-04 12:00", "2026-05-04 16:30", TooLong, 240, null)]
    [InlineData("2026-05-04 12:15", "2026-05-04 13:15", WrongStep, 30, "2026-05-04 12:30")]
    [InlineData("2026-05-04 12:00", "2026-05-04 13:10", WrongStep, 30, null)]
    [InlineData("2026-05-04 11:00", "2026-05-04 12:00", TooSoon, 120, "2026-05-04 11:30")]
    [InlineData("2026-05-15 11:00", "2026-05-15 12:00", TooFarAhead, 10, null)]
    [InlineData("2026-05-04 08:00", "2026-05-04 09:00", InThePast, null, "2026-05-04 11:30")]
    [InlineData("2026-05-04 19:30", "2026-05-04 20:30", Closed, null, "2026-05-06 08:00")]
    [InlineData("2026-05-05 10:00", "2026-05-05 11:00", Closed, null, "2026-05-06 08:00")]
    [InlineData("2026-05-09 10:00", "2026-05-09 11:00", Closed, null, "2026-05-11 08:00")]
    [InlineData("2026-05-04 12:00", "2026-05-04 12:00", TooShort, null, null)]
    [InlineData("2026-05-04 12:00", "2026-05-04 11:00", TooShort, null, null)]
    [InlineData("2026-05-04 12:00", "2027-05-06 12:00", TooLong, 527040, null)]
    [InlineData("2029-05-05 12:00", "2029-05-05 13:00", TooFarAhead, 1096, null)]
    public void What_breaks_one_rule_is_told_which_its_limit_and_what_would_be_allowed(
        string from, string until, RefusalReason reason, int? limit, string? firstAllowed)
    {
        var refusal = Assert.Single(Check(from, until));
        Assert.Equal(reason, refusal.Reason);
        Assert.Equal(limit, refusal.Limit);
        Assert.Equal(firstAllowed is null ? (DateTimeOffset?)null : At(firstAllowed), refusal.FirstAllowed);
        Assert.EndsWith(".", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_breaks_several_is_told_all_of_them() => Assert.Equal(
        [OutOfService, Capacity, NotYours, TooShort, WrongStep, WrongStep, TooFarAhead, Closed],
        Reasons("2026-05-16 10:05", "2026-05-16 10:10", Room with { Status = SpaceStatus.OutOfService, BookableBy = BookableBy.Staff }, people: 9));

    [Fact]
    public void The_day_that_is_so_many_days_ahead_can_still_be_booked() => Assert.Empty(Check("2026-05-14 18:00", "2026-05-14 19:00"));

    [Fact]
    public void Whoever_says_now_may_say_it_a_little_late_but_not_where_there_is_a_lead_time()
    {
        Assert.Empty(Check("2026-05-04 09:00", "2026-05-04 10:00", Room with { LeadMinutes = 0 }, now: At("2026-05-04 09:04")));
        Assert.Equal([InThePast], Reasons("2026-05-04 09:00", "2026-05-04 10:00", Room with { LeadMinutes = 0 }, now: At("2026-05-04 09:06")));
        Assert.Equal([TooSoon], Reasons("2026-05-04 09:00", "2026-05-04 10:00", now: At("2026-05-04 09:04")));
    }

    [Fact]
    public void A_closed_day_says_why_and_when_it_opens()
    {
        var refusal = Assert.Single(Check("2026-05-05 10:00", "2026-05-05 11:00"));
        Assert.Equal("The location is closed then (Patron saint). The next start is 2026-05-06 08:00.", refusal.Detail);
    }

    [Fact]
    public void Beyond_the_horizon_no_first_start_is_promised() =>
        Assert.Null(Assert.Single(Check("2026-05-09 10:00", "2026-05-09 11:00", Room with { HorizonDays = 6 })).FirstAllowed);

    [Theory]
    [InlineData(BookableBy.Everybody, false, null, true)]
    [InlineData(BookableBy.PlanHolders, false, null, false)]
    [InlineData(BookableBy.PlanHolders, false, "silver", false)]
    [InlineData(BookableBy.PlanHolders, false, "gold", true)]
    [InlineData(BookableBy.PlanHolders, true, "silver", false)]
    [InlineData(BookableBy.Staff, false, "gold", false)]
    [InlineData(BookableBy.Staff, true, null, true)]
    public void Only_those_may_book_whom_the_space_is_for(BookableBy by, bool isStaff, string? plan, bool allowed)
    {
        var asker = new Asker(isStaff, plan switch { "gold" => Gold, "silver" => Silver, _ => null });
        Assert.Equal(allowed ? [] : [NotYours], Reasons("2026-05-04 12:00", "2026-05-04 13:00", Room with { BookableBy = by, PlanIds = [Gold] }, asker));
    }

    [Fact]
    public void Any_plan_will_do_where_none_is_named() => Assert.Empty(
        Check("2026-05-04 12:00", "2026-05-04 13:00", Room with { BookableBy = BookableBy.PlanHolders }, new Asker(false, Silver)));

    [Theory]
    [InlineData("2026-05-04 12:05", "2026-05-04 12:15")]
    [InlineData("2026-05-04 09:30", "2026-05-04 16:30")]
    [InlineData("2026-09-05 10:00", "2026-09-05 11:00")]
    public void Staff_who_say_why_pass_over_the_order_of_the_house_and_nobody_else_does(string from, string until)
    {
        var rules = Room with { BookableBy = BookableBy.PlanHolders };
        Assert.Empty(Check(from, until, rules, Overriding));
        Assert.NotEmpty(Check(from, until, rules, Overriding with { OverrideReason = "  " }));
        Assert.NotEmpty(Check(from, until, rules, Overriding with { IsStaff = false }));
    }

    [Fact]
    public void Nobody_passes_over_what_makes_no_sense_or_is_not_safe()
    {
        Assert.Equal([InThePast], Reasons("2026-05-04 08:00", "2026-05-04 09:00", asker: Overriding));
        Assert.Equal([TooShort], Reasons("2026-05-04 12:00", "2026-05-04 11:00", asker: Overriding));
        Assert.Equal([TooLong], Reasons("2026-05-04 12:00", "2027-05-06 12:00", asker: Overriding));
        Assert.Equal([TooFarAhead], Reasons("2029-05-05 12:00", "2029-05-05 13:00", asker: Overriding));
        Assert.Equal([Capacity], Reasons("2026-05-04 12:00", "2026-05-04 13:00", asker: Overriding, people: 9));
        Assert.Equal([Retired], Reasons("2026-05-04 12:00", "2026-05-04 13:00", Room with { Status = SpaceStatus.Retired }, Overriding));
        Assert.Equal([OutOfService], Reasons("2026-05-04 12:00", "2026-05-04 13:00", Room with { Status = SpaceStatus.OutOfService }, Overriding));
    }

    [Fact]
    public void A_booking_that_has_begun_may_change_its_end_and_only_to_one_that_is_to_come()
    {
        Assert.Empty(Check("2026-05-04 08:00", "2026-05-04 10:00", startIsNew: false));
        Assert.Equal([InThePast], Reasons("2026-05-04 08:00", "2026-05-04 09:00", startIsNew: false));
        Assert.Equal([TooLong], Reasons("2026-05-04 08:00", "2026-05-04 12:30", startIsNew: false));
    }

    [Fact]
    public void A_rental_by_days_and_months_is_not_an_hour_short_in_March_or_long_in_October()
    {
        var always = new OpeningCalendar("Europe/Rome", [.. Enum.GetValues<Weekday>().Select(day => new OpeningRange(day, "00:00", "24:00"))], []);
        var office = new SpaceRules(1440, 31 * 1440, 1440, 0, 700, 8, BookableBy.Everybody, [], false, 0, 0);
        Assert.All(
            [
                ("2027-03-01 00:00", "2027-04-01 00:00"), ("2027-03-28 00:00", "2027-03-29 00:00"),
                ("2027-10-01 00:00", "2027-11-01 00:00"), ("2027-10-31 00:00", "2027-11-01 00:00"),
            ],
            ((string From, string Until) rental) => Assert.Empty(BookingRules.Check(
                new(new(At(rental.From), At(rental.Until)), 1), Member, Now, office, always)));
    }

    [Theory]
    [InlineData("2026-05-08 09:00", "2026-05-11 18:00", null, null)]
    [InlineData("2026-05-08 09:00", "2026-05-11 20:00", null, null)]
    [InlineData("2026-05-08 09:00", "2026-06-08 08:00", "The location is closed when it would end. The next start is 2026-05-08 09:30.", "2026-05-08 09:30")]
    [InlineData("2026-05-08 20:00", "2026-05-11 18:00", "The location is closed when it would begin. The next start is 2026-05-11 10:30.", "2026-05-11 10:30")]
    [InlineData("2026-05-09 09:00", "2026-05-11 18:00", "The location is closed when it would begin. The next start is 2026-05-11 08:00.", "2026-05-11 08:00")]
    [InlineData("2026-05-08 09:00", "2026-05-10 12:00", "The location is closed when it would end. The next start is 2026-05-11 08:00.", "2026-05-11 08:00")]
    [InlineData("2026-05-08 09:00", "2026-05-09 09:00", "The location is not open all that time, but from 2026-05-08 09:00 to 2026-05-08 20:00.", null)]
    public void For_more_than_a_day_the_location_has_to_be_open_only_when_it_begins_and_ends(string from, string until, string? detail, string? firstAllowed)
    {
        var rental = Room with { MaxMinutes = 40 * 1440, HorizonDays = 60 };
        var refusals = Check(from, until, rental);
        Assert.Equal(detail, refusals.SingleOrDefault()?.Detail);
        Assert.Equal(firstAllowed is null ? (DateTimeOffset?)null : At(firstAllowed), refusals.SingleOrDefault()?.FirstAllowed);
    }

    private static IReadOnlyList<Refusal> Check(
        string from, string until, SpaceRules? rules = null, Asker? asker = null, int people = 1, DateTimeOffset? now = null, bool startIsNew = true) =>
        BookingRules.Check(new(new(At(from), At(until)), people, startIsNew), asker ?? Member, now ?? Now, rules ?? Room, Office);

    private static IEnumerable<RefusalReason> Reasons(
        string from, string until, SpaceRules? rules = null, Asker? asker = null, int people = 1, DateTimeOffset? now = null, bool startIsNew = true) =>
        Check(from, until, rules, asker, people, now, startIsNew).Select(refusal => refusal.Reason);

    private static DateTimeOffset At(string shown) => Office.Clock.Instant(DateTime.Parse(shown, null));
}
