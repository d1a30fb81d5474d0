using static Portico.Bookings.Domain.States.BookingAct;
using static Portico.Bookings.Domain.States.BookingStatus;

namespace Portico.Bookings.Domain.States;

/// <summary>What about a booking decides where an act leads.</summary>
/// <param name="NeedsApproval">Whether staff have to agree before its owner gets it.</param>
/// <param name="NeedsPayment">Whether something is left to pay.</param>
/// <param name="NeedsCheckIn">Whether its space is given back when nobody comes. Where it is not, a booking nobody checked in to was used.</param>
internal readonly record struct BookingTerms(bool NeedsApproval, bool NeedsPayment, bool NeedsCheckIn);

/// <param name="From">Null for a booking that is only now made.</param>
internal sealed record BookingTransition(BookingStatus? From, BookingAct Act, BookingStatus To, Func<BookingTerms, bool>? When = null);

/// <summary>
/// The only ways from one status to another. The database holds the same table and refuses anything else. Whether a late
/// payment finds its time still free is for the claims to say that are made again with it.
/// </summary>
internal static class BookingStates
{
    public static readonly IReadOnlyList<BookingTransition> Transitions =
    [
        new(null, Hold, Held),
        new(Held, Extend, Held),
        new(Held, Confirm, PendingApproval, terms => terms.NeedsApproval),
        new(Held, Confirm, AwaitingPayment, terms => !terms.NeedsApproval && terms.NeedsPayment),
        new(Held, Confirm, Confirmed, terms => !terms.NeedsApproval && !terms.NeedsPayment),
        new(Held, StaffConfirm, Confirmed),
        new(Held, Expire, Expired),
        new(Held, Cancel, Cancelled),
        new(PendingApproval, Approve, AwaitingPayment, terms => terms.NeedsPayment),
        new(PendingApproval, Approve, Confirmed, terms => !terms.NeedsPayment),
        new(PendingApproval, StaffConfirm, Confirmed),
        new(PendingApproval, Reject, Cancelled),
        new(PendingApproval, Expire, Expired),
        new(PendingApproval, Cancel, Cancelled),
        new(AwaitingPayment, Pay, Confirmed),
        new(AwaitingPayment, StaffConfirm, Confirmed),
        new(AwaitingPayment, PaymentFails, PaymentFailed),
        new(AwaitingPayment, Expire, Expired),
        new(AwaitingPayment, Cancel, Cancelled),
        new(Confirmed, BookingAct.CheckIn, CheckedIn),
        new(Confirmed, BookingAct.NoShow, BookingStatus.NoShow, terms => terms.NeedsCheckIn),
        new(Confirmed, Complete, Completed, terms => !terms.NeedsCheckIn),
        new(Confirmed, Cancel, Cancelled),
        new(CheckedIn, Complete, Completed),
        new(Expired, LatePay, Confirmed),
        new(PaymentFailed, LatePay, Confirmed),
    ];

    /// <summary>Each change of status that some act makes, once. What the database's table has to say too.</summary>
    public static readonly IReadOnlyList<(BookingStatus From, BookingStatus To)> All =
        [.. Transitions.Where(row => row.From is not null && row.From != row.To).Select(row => (row.From!.Value, row.To)).Distinct()];

    /// <summary>Where the act leads; null when it cannot be done to a booking that stands like this.</summary>
    public static BookingStatus? Next(BookingStatus? from, BookingAct act, BookingTerms terms = default)
    {
        foreach (var transition in Transitions)
        {
            if (transition.From == from && transition.Act == act && transition.When?.Invoke(terms) is not false)
            {
                return transition.To;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether its time is taken, for everybody. Whatever waits for an answer blocks: otherwise two could be waiting for
    /// the same time and both get it.
    /// </summary>
    public static bool IsBlocking(this BookingStatus status) => status is Held or PendingApproval or AwaitingPayment or Confirmed or CheckedIn;

    /// <summary>Whether it ends by itself when nobody acts in time: it has an <c>expires_at</c>.</summary>
    public static bool Lapses(this BookingStatus status) => status is Held or PendingApproval or AwaitingPayment;

    /// <summary>Whether nothing can be done to it any more.</summary>
    public static bool IsFinal(this BookingStatus status) => status is Completed or Cancelled or BookingStatus.NoShow;
}
