using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Rules;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>Reads what somebody asks for, and whether the rules let them have it.</summary>
internal static class Wishes
{
    public static async Task<(Wish? Wish, ProblemHttpResult? Refusal)> ReadAsync(
        HoldSpaceRequest request, Database<BookingsModule> database, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken,
        bool startIsNew = true)
    {
        var during = new Interval(request.StartsAt!.Value, request.EndsAt!.Value);
        var memberId = request.MemberId ?? user.Id;
        if (await BookableSpace.FindAsync(database, request.SpaceId!.Value, during.Start, during.End, cancellationToken) is not { } space)
        {
            return (null, BookingProblems.SpaceNotFound());
        }

        var isStaff = user.Role != Roles.Member && await database.RunsAsync(user, space.LocationId, cancellationToken);
        if (memberId != user.Id && !isStaff)
        {
            return (null, Problems.Forbidden("not-for-others", "Only staff of the location book for somebody else."));
        }

        if (await Credits.PayerOfAsync(database, memberId, cancellationToken) is not { MemberRole: not Roles.Kiosk } payer)
        {
            return (null, Problems.NotFound("member-not-found", "There is no such member."));
        }

        if (payer.MemberStatus != "active")
        {
            return (null, Problems.Unprocessable("member-inactive", "The account is suspended or deleted."));
        }

        var refusals = BookingRules.Check(new(during, request.People, startIsNew), new(isStaff, payer.PlanId, request.Reason), now, space.Rules, space.Calendar);
        if (refusals.Count > 0)
        {
            return (null, SlotProblems.NotAllowed(refusals));
        }

        var services = request.Services ?? [];
        var (chosen, unknown) = await OfferedServices.ReadAsync(database, space.LocationId, services, cancellationToken);
        return unknown is null
            ? (new(space, memberId, payer, during.Start, during.End, request.People, Text(request.Note), services, chosen, user.Id, Text(request.Reason)), null)
            : (null, unknown);
    }

    /// <summary>What somebody has waited for; null when the rules of the space do not let them have it any more.</summary>
    public static async Task<Wish?> ReadAsync(
        Database<BookingsModule> database, WaitingEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var during = new Interval(entry.StartsAt, entry.EndsAt);
        if (await BookableSpace.FindAsync(database, entry.SpaceId, during.Start, during.End, cancellationToken) is not { } space
            || await Credits.PayerOfAsync(database, entry.MemberId, cancellationToken) is not { MemberStatus: "active" } payer)
        {
            return null;
        }

        // Lead time and the like were looked at when they joined the line: that was in time.
        var joined = new Asker(true, null, "waited for it");
        return BookingRules.Check(new(during, entry.People), joined, now, space.Rules, space.Calendar).Count > 0
            ? null
            : new(space, entry.MemberId, payer, during.Start, during.End, entry.People, entry.Note, [], [], null, null);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
