using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Domain.Slots;

namespace Portico.Tests.Modules.Bookings;

public sealed class SlotReasonTests
{
    private static readonly WallClock Rome = WallClock.In("Europe/Rome");
    private static readonly DateTimeOffset Now = At("07:00");

    private static readonly SpaceRules Rules = new(30, 480, 30, 0, 30, 8, BookableBy.Everybody, [], false, BufferBeforeMinutes: 15, BufferAfterMinutes: 30);

    [Fact]
    public void A_booking_in_the_way_is_told_with_its_own_time()
    {
        var slots = With(Booked("10:00", "12:00"));
        Assert.Equal([new(SlotReasonKind.Taken, At("10:00"), At("12:00"))], slots.Verdict(During("11:00", "13:00")));
    }

    [Fact]
    public void Clearing_up_after_another_and_setting_up_for_this_one_are_a_buffer_that_tells_the_first_possible_start()
    {
        var slots = With(Booked("10:00", "12:00"));
        // The other's clearing lasts until 12:30, and this one's setting up takes 15 minutes.
        Assert.Equal([new(SlotReasonKind.Buffer, At("12:00"), At("12:45"))], slots.Verdict(During("12:30", "13:30")));
        Assert.Empty(slots.Verdict(During("12:45", "13:45")));
    }

    [Fact]
    public void Clearing_up_after_this_one_and_setting_up_for_another_are_a_buffer_that_tells_the_last_possible_end()
    {
        var slots = With(Booked("10:00", "12:00"));
        Assert.Equal([new(SlotReasonKind.Buffer, At("09:15"), At("10:00"))], slots.Verdict(During("08:30", "09:30")));
        Assert.Empty(slots.Verdict(During("08:15", "09:15")));
    }

    [Fact]
    public void A_hold_says_until_when_and_one_that_has_lapsed_is_in_nobodys_way()
    {
        var hold = Booked("10:00", "12:00") with { Kind = BusyKind.Hold, HeldUntil = Now.AddMinutes(1) };
        Assert.Equal([new(SlotReasonKind.Held, At("10:00"), At("12:00"), Now.AddMinutes(1))], With(hold).Verdict(During("10:00", "11:00")));
        Assert.Empty(With(hold with { HeldUntil = Now }).Verdict(During("10:00", "11:00")));
    }

    [Fact]
    public void What_is_closed_and_what_is_blocked_are_both_told_in_order()
    {
        var block = Booked("19:00", "20:00") with { Kind = BusyKind.Block };
        Assert.Equal(
            [new(SlotReasonKind.Block, At("19:00"), At("20:00")), new(SlotReasonKind.Closed, At("20:00"), At("21:00"))],
            With(block).Verdict(During("18:00", "21:00")));
    }

    [Fact]
    public void Setting_up_may_begin_before_the_doors_open() => Assert.Empty(With().Verdict(During("08:00", "20:00")));

    [Fact]
    public void An_area_tells_what_is_in_the_way_of_the_desk_that_is_free_again_first()
    {
        var area = new AreaSlots([With(Booked("10:00", "15:00")), With(Booked("10:00", "12:00"))]);
        Assert.Equal([new(SlotReasonKind.Taken, At("10:00"), At("12:00"))], area.Verdict(During("11:00", "13:00")));
        Assert.Equal(0, area.CountFree(During("11:00", "13:00")));
        Assert.Equal(1, area.CountFree(During("13:00", "14:00")));
    }

    private static FreeSlots With(params Busy[] busy) =>
        new(Rules, Rome, [During("08:00", "20:00")], busy, Now);

    private static Busy Booked(string from, string until) =>
        new(During(from, until), During(from, until).Widen(Rules.BufferBefore, Rules.BufferAfter), BusyKind.Booking);

    private static Interval During(string from, string until) => new(At(from), At(until));

    private static DateTimeOffset At(string time) => Rome.Instant(new DateTime(new(2026, 5, 4), TimeOnly.Parse(time, null)));
}
