using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Series;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Series;

/// <summary>What is to be different for those that have not begun; what is left out stays. A single one is changed as the booking it is.</summary>
/// <param name="From">From which day of the series on; all when left out.</param>
/// <param name="Time">Another time of day, by the location's clock.</param>
/// <param name="Minutes">Another length.</param>
/// <param name="IfNotFree">What to do when some cannot be changed: nothing at all, or leave these as they are.</param>
/// <param name="Reason">Of staff; needed to pass over the rules of the space.</param>
public sealed record ChangeSeriesRequest(
    DateOnly? From = null,
    [property: RegularExpression(SeriesRule.TimePattern, ErrorMessage = "This is not a time of day from 00:00 to 23:59.")] string? Time = null,
    [property: Range(1, SeriesRule.LongestMinutes)] int? Minutes = null,
    Guid? SpaceId = null,
    [property: Range(1, 10_000)] int? People = null,
    [property: StringLength(500)] string? Note = null,
    [property: MaxLength(20)] IReadOnlyList<OrderedService>? Services = null,
    IfNotFree IfNotFree = IfNotFree.Refuse,
    [property: StringLength(500)] string? Reason = null);

internal static class ChangeSeries
{
    public static async Task<Results<Ok<SeriesOutcome>, ProblemHttpResult>> Handle(
        Guid id, ChangeSeriesRequest request, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await SeriesRow.FindAsync(database, id, user, cancellationToken) is not { } series)
        {
            return SeriesRow.NotFound();
        }

        var rule = StoredJson.Read<SeriesRule>(series.Rule);
        var changed = rule with { Time = request.Time ?? rule.Time, Minutes = request.Minutes ?? rule.Minutes };
        if (SeriesFaults.Refuse(changed) is var (field, fault))
        {
            return Problems.Invalid(field, fault);
        }

        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        var bookings = (await SeriesBookings.LiveAsync(change, id, request.From, now, cancellationToken)).Where(booking => booking.StartsAt > now).ToList();
        if (bookings.Count == 0)
        {
            return Problems.Conflict("series-over", "Nothing of the series is left to change.");
        }

        var (refusal, missed) = await ChangeAllAsync(change, bookings, changed, request, series, database, user, now, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        if (missed.Count == bookings.Count || (missed.Count > 0 && request.IfNotFree is IfNotFree.Refuse))
        {
            return Problems.Conflict("series-not-free", "Some of it cannot be changed so: nothing was.", ("missed", missed));
        }

        var kept = await KeepAsync(change, series, rule, changed, request, user.Id, now, cancellationToken);
        var rows = await SeriesBookings.AllAsync(change, kept.Id, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SeriesOutcome(kept.With(rows, now), missed));
    }

    /// <summary>Writes the rule down as it is now. What follows a day in the middle goes on as a series of its own.</summary>
    private static async Task<SeriesRow> KeepAsync(
        Change change, SeriesRow series, SeriesRule rule, SeriesRule changed, ChangeSeriesRequest request, Guid by, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var spaceId = request.SpaceId ?? series.SpaceId;
        var id = series.Id;
        if (request.From is { } from && rule.SplitAt(from) is { Before: { } before } && changed.SplitAt(from) is { Following: { } following })
        {
            id = Guid.CreateVersion7(now);
            await change.ExecuteAsync(
                """
                update series set rule = @before::jsonb where id = @Id;
                insert into series (id, space_id, location_id, member_id, rule, created_at, created_by)
                values (@newId, @spaceId, @LocationId, @MemberId, @following::jsonb, @now, @by);
                update bookings set series_id = @newId where series_id = @Id and occurrence >= @from;
                """,
                new { newId = id, spaceId, series.Id, series.LocationId, series.MemberId, before = StoredJson.Write(before), following = StoredJson.Write(following), from, now, by },
                cancellationToken);
        }
        else
        {
            await change.ExecuteAsync(
                "update series set rule = @rule::jsonb, space_id = @spaceId where id = @Id",
                new { series.Id, rule = StoredJson.Write(changed), spaceId }, cancellationToken);
        }

        return (await change.FindAsync<SeriesRow>(
            $"select {SeriesRow.Columns} from {SeriesRow.Tables} where series.id = @id", new { id }, cancellationToken))!;
    }

    private static async Task<(ProblemHttpResult? Refusal, List<MissedOccurrence> Missed)> ChangeAllAsync(
        Change change, List<BookingRow> bookings, SeriesRule rule, ChangeSeriesRequest request, SeriesRow series, Database<BookingsModule> database,
        CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var space = request.SpaceId ?? series.SpaceId;
        var services = request.Services ?? await change.OrderedAsync(bookings[0].Id, cancellationToken);
        var asked = new HoldSpaceRequest(
            space, bookings[0].StartsAt.AddDays(-1), bookings[^1].EndsAt.AddDays(1), request.People ?? bookings[0].People,
            request.Note ?? bookings[0].Note, services, series.MemberId, request.Reason);
        var (wish, refusal) = await Wishes.ReadUncheckedAsync(asked, database, user, cancellationToken);
        if (wish is null || wish.Space.LocationId != series.LocationId)
        {
            return (refusal ?? Problems.Unprocessable("other-location", "A series stays at its location."), []);
        }

        // All of them first and together, in their order: one by one the locks of a series that was moved about would come in any.
        await change.LockAsync(series.LocationId, [space, .. bookings.Select(booking => booking.TakenId), .. bookings.Select(booking => booking.SpaceId)], cancellationToken);
        var clock = WallClock.In(series.TimeZone);
        var times = rule.Expand(clock).ToDictionary(one => one.RecurrenceId, one => one.During);
        List<MissedOccurrence> missed = [];
        foreach (var booking in bookings)
        {
            var during = times[booking.Occurrence!.Value];
            var one = wish with { StartsAt = during.Start, EndsAt = during.End, SeriesId = series.Id, Occurrence = booking.Occurrence };
            if (await MissAsync(change, booking, one, user, now, cancellationToken) is { } miss)
            {
                missed.Add(miss);
            }
        }

        return (null, missed);
    }

    /// <summary>Changes one of them, or says why it cannot be.</summary>
    private static async Task<MissedOccurrence?> MissAsync(
        Change change, BookingRow booking, Wish wish, CurrentUser user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = booking.Occurrence!.Value;
        var wanted = new HoldSpaceRequest(wish.Space.Id, wish.StartsAt, wish.EndsAt);
        if (ChangeRules.Refuse(booking, wanted, user.Id, now) is { } refusal)
        {
            return new(day, wish.StartsAt, wish.EndsAt, CodeOf(refusal));
        }

        if (wish.Refusals(now, startIsNew: wish.StartsAt != booking.StartsAt) is { Count: > 0 } rules)
        {
            return new(day, wish.StartsAt, wish.EndsAt, "booking-not-allowed", Rules: rules);
        }

        return await change.ChangeAsync(booking, wish, Line.ComesFirst, now, cancellationToken) switch
        {
            null => new(day, wish.StartsAt, wish.EndsAt, "booking-changed"),
            { Shortage: not null } => new(day, wish.StartsAt, wish.EndsAt, "service-out-of-stock"),
            { Refusal: { } cheaper } => new(day, wish.StartsAt, wish.EndsAt, CodeOf(cheaper)),
            { After: null } taken => MissedOccurrence.TakenBy(day, wish, taken.InTheWay),
            _ => null,
        };
    }

    private static string CodeOf(ProblemHttpResult refusal) => (string)refusal.ProblemDetails.Extensions["code"]!;
}
