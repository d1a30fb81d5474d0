using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

/// <summary>Reads what somebody asks for, and whether the rules let them have it.</summary>
internal static class Wishes
{
    /// <summary>The wish, when the rules of the space and the house allow it.</summary>
    /// <param name="startIsNew">False where a booking keeps its start, which may be past.</param>
    public static async Task<(Wish? Wish, ProblemHttpResult? Refusal)> ReadAsync(
        HoldSpaceRequest request, Database<BookingsModule> database, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken,
        bool startIsNew = true)
    {
        var (wish, refusal) = await ReadUncheckedAsync(request, database, user, cancellationToken);
        return wish is not null && wish.Refusals(now, startIsNew) is { Count: > 0 } refusals
            ? (null, SlotProblems.NotAllowed(refusals))
            : (wish, refusal);
    }

    /// <summary>The same without a look at the time asked for: a series has many.</summary>
    public static async Task<(Wish? Wish, ProblemHttpResult? Refusal)> ReadUncheckedAsync(
        HoldSpaceRequest request, Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        var during = new Interval(request.StartsAt!.Value, request.EndsAt!.Value);
        var memberId = request.MemberId ?? user.Id;
        var (space, payer) = await BookableSpace.FindWithPayerAsync(
            database, request.SpaceId!.Value, during.Start, during.End, memberId, cancellationToken);
        if (space is null)
        {
            return (null, BookingProblems.SpaceNotFound());
        }

        var isStaff = user.Role != Roles.Member && await database.RunsAsync(user, space.LocationId, cancellationToken);
        if (memberId != user.Id && !isStaff)
        {
            return (null, Problems.Forbidden("not-for-others", "Only staff of the location book for somebody else."));
        }

        if (payer is not { MemberRole: not Roles.Kiosk })
        {
            return (null, Problems.NotFound("member-not-found", "There is no such member."));
        }

        if (payer.MemberStatus != "active")
        {
            return (null, Problems.Unprocessable("member-inactive", "The account is suspended or deleted."));
        }

        var services = request.Services ?? [];
        var (chosen, unknown) = await OfferedServices.ReadAsync(database, space.LocationId, services, cancellationToken);
        return unknown is null
            ? (new(space, memberId, payer, during.Start, during.End, request.People, Text(request.Note), services, chosen, user.Id, Text(request.Reason), isStaff), null)
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
        var wish = new Wish(
            space, entry.MemberId, payer, during.Start, during.End, entry.People, entry.Note, [], [], null, "waited for it", BookedByStaff: true);
        return wish.Refusals(now).Count > 0 ? null : wish with { Reason = null };
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
