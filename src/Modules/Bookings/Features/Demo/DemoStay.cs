using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Demo;

/// <summary>
/// Takes a booking of the demonstration as far as the clock has come, by the steps that everybody takes, each at the time at
/// which it would have been taken.
/// </summary>
internal sealed class DemoStay(IOptions<BookingsOptions> options)
{
    private static readonly TimeSpan TheDayBefore = TimeSpan.FromHours(20);
    private static readonly TimeSpan AfterTheStart = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BeforeTheEnd = TimeSpan.FromMinutes(20);

    /// <summary>The booking, or null where the rules or others were in its way.</summary>
    /// <param name="runner">Who runs the location, and agrees and takes the money.</param>
    public async Task<BookingRow?> LiveAsync(
        Change change, Wish wish, DemoWish demo, Guid runner, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var asked = demo.End is DemoEnd.OnlyHolds or DemoEnd.OnlyAsks ? now : Earlier(wish.StartsAt.AddHours(-demo.HoursAhead), now);
        if (wish.Refusals(asked).Count > 0
            || await change.PlaceAsync(wish, asked, asked + options.Value.HoldFor, Line.WasServed, cancellationToken) is not { Booking: { } held })
        {
            return null;
        }

        change.Publish(new BookingHeld(held.Fact(), held.ExpiresAt!.Value, false, asked));
        return demo.End is DemoEnd.OnlyHolds ? held : await LiveOnAsync(change, held, demo.End, runner, asked, now, cancellationToken);
    }

    /// <summary>The same of what is held already.</summary>
    public async Task<BookingRow> LiveOnAsync(
        Change change, BookingRow held, DemoEnd end, Guid runner, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var booking = await StepAsync(change, held, new(BookingAct.Confirm, held.MemberId, null, at), "zero_price", cancellationToken);
        if (end is DemoEnd.OnlyAsks)
        {
            return booking;
        }

        if (booking.State is BookingStatus.PendingApproval)
        {
            booking = await StepAsync(change, booking, new(BookingAct.Approve, runner, null, at), "zero_price", cancellationToken);
        }

        if (booking.State is BookingStatus.AwaitingPayment)
        {
            booking = await StepAsync(change, booking, new(BookingAct.StaffConfirm, runner, "Pays by invoice", at), "staff", cancellationToken);
        }

        return end is DemoEnd.CallsOff
            ? await CallOffAsync(change, booking, at, now, cancellationToken)
            : await AttendAsync(change, booking, end, now, cancellationToken);
    }

    private static async Task<BookingRow> CallOffAsync(
        Change change, BookingRow booking, DateTimeOffset asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var theDayBefore = Earlier(booking.StartsAt - TheDayBefore, now);
        var step = new BookingStep(BookingAct.Cancel, booking.MemberId, "Something came up", theDayBefore > asked ? theDayBefore : asked);
        return await change.CancelAsync(booking, step, byStaff: false, cancellationToken) ?? booking;
    }

    private static async Task<BookingRow> AttendAsync(
        Change change, BookingRow booking, DemoEnd end, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (end is DemoEnd.StaysAway && booking.ReleaseAfterMinutes is { } minutes)
        {
            var released = booking.StartsAt.AddMinutes(minutes);
            return released <= now ? await ReleaseAsync(change, booking, released, cancellationToken) : booking;
        }

        if (booking.StartsAt + AfterTheStart > now)
        {
            return booking;
        }

        // The doors saw them come, which is in the visits of the demonstration.
        booking = await change.CheckInAsync(booking, CheckInWay.Pass, booking.MemberId, null, booking.StartsAt + AfterTheStart, cancellationToken);
        var (left, by) = end is DemoEnd.LeavesEarly ? (booking.EndsAt - BeforeTheEnd, booking.MemberId) : (booking.EndsAt, (Guid?)null);
        return left <= now ? await change.CompleteAsync(booking, by, left, cancellationToken) ?? booking : booking;
    }

    private static async Task<BookingRow> ReleaseAsync(Change change, BookingRow booking, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var released = (await change.StepAsync(booking, new(BookingAct.NoShow, null, null, at), null, cancellationToken))!;
        change.Publish(new BookingNoShow(released.Fact(), at));
        return released;
    }

    private async Task<BookingRow> StepAsync(Change change, BookingRow booking, BookingStep step, string by, CancellationToken cancellationToken)
    {
        var after = (await change.StepAsync(booking, step, Deadlines.After(booking, step, options.Value), cancellationToken))!;
        change.Announce(after, by, step.At);
        return after;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
