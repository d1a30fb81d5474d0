using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Rules;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Availability;

/// <summary>What could be had instead of a time that is taken. Services are not looked at.</summary>
/// <param name="Spaces">What else of the location and the kind is free at that time, with room for as many; the smallest first.</param>
/// <param name="Next">When the space is free next, for as long; null when it is not within two weeks.</param>
internal sealed record SlotAlternatives(IReadOnlyList<AlternativeSpace> Spaces, TimeStretch? Next);

/// <summary>Another space, free at the time asked for.</summary>
internal sealed record AlternativeSpace(Guid Id, string Name, string Kind, string? Floor, int Capacity, bool NeedsApproval);

internal static class Alternatives
{
    private const int MostTold = 5;
    private const int MostRead = 50;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);
    private static readonly TimeSpan PutBack = TimeSpan.FromHours(3);

    // A longer time has the bookings of everybody in it: then each space is looked up by itself.
    private static readonly TimeSpan Short = TimeSpan.FromDays(2);

    /// <summary>
    /// The same refusal, which says what could be had instead if it is because others have the time. Two reads that wait for
    /// nobody: to be called once the refused change has let its locks go, since others wait for these.
    /// </summary>
    /// <param name="except">A booking that would give its time back.</param>
    public static async Task<ProblemHttpResult> AddToAsync(
        ProblemHttpResult refusal, Wish wish, Guid? except, Database<BookingsModule> database, CurrentUser user, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (SlotProblems.IsTaken(refusal))
        {
            refusal.ProblemDetails.Extensions["alternatives"] = new SlotAlternatives(
                await OthersAsync(database, wish, except, user, now, cancellationToken),
                await NextAsync(database, wish, except, user, now, cancellationToken));
        }

        return refusal;
    }

    private static async Task<IReadOnlyList<AlternativeSpace>> OthersAsync(
        Database<BookingsModule> database, Wish wish, Guid? except, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (during, asked) = (new Interval(wish.StartsAt, wish.EndsAt), wish.Space);
        var filter = new AvailabilityFilter(asked.LocationId, asked.Kind, wish.People, [], null, WithDesks: asked.AreaId is not null, null) { OtherThan = asked.Id };
        var found = await database.FindSpacesAsync(
            new(filter.Where, during) { FreeOnly = true, Most = MostRead, Except = except, Parameters = filter },
            many: during.Length <= Short, user, now, cancellationToken);
        var judge = new Judge(new(during, wish.People), wish.Payer.PlanId, now);
        return
        [
            .. found.OrderBy(space => space.Space.Capacity).Where(space => judge.Of(space).IsFree).Take(MostTold).Select(space => new AlternativeSpace(
                space.Space.Id, space.Space.Name, space.Space.Kind, space.Times.Floor, space.Space.Capacity, space.Space.NeedsApproval)),
        ];
    }

    private static async Task<TimeStretch?> NextAsync(
        Database<BookingsModule> database, Wish wish, Guid? except, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var length = wish.Space.Calendar.Clock.LengthOf(new(wish.StartsAt, wish.EndsAt));
        var minutes = (int)length.TotalMinutes;
        // Staff pass over rules of length, with a reason; where one could begin by the rules is no question then.
        if (length != TimeSpan.FromMinutes(minutes) || BookingRules.CheckAnyTime(wish.People, minutes, new(wish.BookedByStaff, wish.Payer.PlanId), wish.Space.Rules).Count > 0)
        {
            return null;
        }

        var known = new Interval(wish.StartsAt, wish.StartsAt + Ahead + length + PutBack);
        var asked = new SpacesAsked("space.id = @Id", known) { Except = except, Parameters = new { wish.Space.Id } };
        return await database.FindSpacesAsync(asked, many: false, user, now, cancellationToken) is [{ Times.Works: true } space]
            && space.Slots(space.Calendar.OpenWithin(known), now).NextFree(minutes, wish.StartsAt, 1) is [var next]
            ? new(next.Start, next.End)
            : null;
    }
}
