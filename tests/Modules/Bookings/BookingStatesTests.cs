using FsCheck;
using FsCheck.Fluent;
using Portico.Bookings.Domain;
using Portico.Bookings.Domain.States;
using static Portico.Bookings.Domain.States.BookingAct;
using static Portico.Bookings.Domain.States.BookingStatus;

namespace Portico.Tests.Modules.Bookings;

public sealed class BookingStatesTests
{
    // Written a second time on purpose, as the brief for the database says it: a slip in the table shows here.
    private static readonly Dictionary<BookingStatus, BookingStatus[]> Allowed = new()
    {
        [Held] = [PendingApproval, AwaitingPayment, Confirmed, Expired, Cancelled],
        [PendingApproval] = [AwaitingPayment, Confirmed, Cancelled, Expired],
        [AwaitingPayment] = [Confirmed, PaymentFailed, Expired, Cancelled],
        [Confirmed] = [CheckedIn, Cancelled, BookingStatus.NoShow, Completed],
        [CheckedIn] = [Completed],
        [Expired] = [Confirmed],
        [PaymentFailed] = [Confirmed],
        [Completed] = [],
        [Cancelled] = [],
        [BookingStatus.NoShow] = [],
    };

    private static readonly BookingTerms[] EveryTerms =
        [.. from bits in Enumerable.Range(0, 8) select new BookingTerms((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0)];

    [Fact]
    public void The_changes_of_status_are_those_and_no_others() => Assert.Equal(
        from pair in Allowed from to in pair.Value orderby pair.Key, to select (pair.Key, to),
        from pair in BookingStates.All orderby pair.From, pair.To select pair);

    [Fact]
    public void Whatever_is_done_to_bookings_they_go_the_allowed_ways_and_final_ones_stay() => Prop.ForAll(Lives(), acts =>
    {
        BookingStatus? status = BookingStates.Next(null, Hold);
        foreach (var (act, terms) in acts)
        {
            var next = BookingStates.Next(status, act, terms);
            if (next is { } to && to != status)
            {
                Assert.Contains(to, Allowed[status!.Value]);
                Assert.False(status.Value.IsFinal());
                status = to;
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void An_act_never_leads_to_two_places() => Assert.All(
        from status in Enum.GetValues<BookingStatus>().Cast<BookingStatus?>().Append(null)
        from act in Enum.GetValues<BookingAct>()
        from terms in EveryTerms
        select BookingStates.Transitions.Count(row => row.From == status && row.Act == act && row.When?.Invoke(terms) is not false),
        count => Assert.InRange(count, 0, 1));

    [Fact]
    public void What_can_still_become_confirmed_in_time_blocks_and_nothing_else_but_what_takes_place() => Assert.All(
        Enum.GetValues<BookingStatus>(),
        status => Assert.Equal(
            status is Confirmed or CheckedIn || BookingStates.Transitions.Any(row => row.From == status && row.To == Confirmed && row.Act != LatePay),
            status.IsBlocking()));

    [Fact]
    public void What_lapses_can_expire_and_final_ones_have_no_way_out() => Assert.All(Enum.GetValues<BookingStatus>(), status =>
    {
        Assert.Equal(Allowed[status].Contains(Expired), status.Lapses());
        Assert.Equal(Allowed[status].Length == 0, status.IsFinal());
    });

    [Theory]
    [InlineData(true, true, PendingApproval)]
    [InlineData(true, false, PendingApproval)]
    [InlineData(false, true, AwaitingPayment)]
    [InlineData(false, false, Confirmed)]
    public void Confirming_asks_for_approval_first_and_then_for_money(bool approval, bool payment, BookingStatus expected) =>
        Assert.Equal(expected, BookingStates.Next(Held, Confirm, new(approval, payment, NeedsCheckIn: true)));

    [Fact]
    public void A_booking_nobody_checks_in_to_is_a_no_show_where_that_is_the_rule_and_completed_elsewhere()
    {
        Assert.Equal(BookingStatus.NoShow, BookingStates.Next(Confirmed, BookingAct.NoShow, new(false, false, NeedsCheckIn: true)));
        Assert.Null(BookingStates.Next(Confirmed, Complete, new(false, false, NeedsCheckIn: true)));
        Assert.Equal(Completed, BookingStates.Next(Confirmed, Complete, new(false, false, NeedsCheckIn: false)));
        Assert.Null(BookingStates.Next(Confirmed, BookingAct.NoShow, new(false, false, NeedsCheckIn: false)));
    }

    [Fact]
    public void Statuses_are_said_in_snake_case() => Assert.Equal(
        ["held", "pending_approval", "awaiting_payment", "confirmed", "checked_in", "completed", "expired", "cancelled", "payment_failed", "no_show"],
        Enum.GetValues<BookingStatus>().Select(Words.Word));

    [Fact]
    public void A_word_is_read_back_and_no_other()
    {
        Assert.All(Enum.GetValues<BookingStatus>(), status => Assert.Equal(status, Words.Read<BookingStatus>(status.Word())));
        Assert.False(Words.TryRead<BookingStatus>("Held", out _));
        Assert.False(Words.TryRead<BookingStatus>("0", out _));
        Assert.False(Words.TryRead<BookingStatus>(null, out _));
    }

    private static Arbitrary<IList<(BookingAct Act, BookingTerms Terms)>> Lives() =>
        Gen.ListOf(
            from act in Gen.Elements(Enum.GetValues<BookingAct>())
            from terms in Gen.Elements(EveryTerms)
            select (act, terms), 20).Select(list => (IList<(BookingAct, BookingTerms)>)[.. list]).ToArbitrary();
}
