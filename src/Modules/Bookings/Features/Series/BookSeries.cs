using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.Series;
using Portico.Bookings.Features.Bookings;
using Portico.Contracts.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Series;

/// <summary>What to do when some of a series cannot be had.</summary>
public enum IfNotFree
{
    /// <summary>Book none of it, and tell what is in the way.</summary>
    Refuse,

    /// <summary>Book what can be had, and tell the rest.</summary>
    Skip,
}

/// <summary>A slot that comes again.</summary>
/// <param name="MemberId">Whom staff book for; oneself when left out.</param>
/// <param name="Reason">Of staff who book against the rules of the space, or for somebody else.</param>
public sealed record BookSeriesRequest(
    [property: Required] Guid? SpaceId,
    [property: Required] SeriesRule Rule,
    [property: Range(1, 10_000)] int People = 1,
    [property: StringLength(500)] string? Note = null,
    [property: MaxLength(20)] IReadOnlyList<OrderedService>? Services = null,
    IfNotFree IfNotFree = IfNotFree.Refuse,
    Guid? MemberId = null,
    [property: StringLength(500)] string? Reason = null);

internal static class BookSeries
{
    public static async Task<Results<Created<SeriesOutcome>, ProblemHttpResult>> Handle(
        BookSeriesRequest request,
        Database<BookingsModule> database,
        IOptions<BookingsOptions> options,
        CurrentUser user,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (SeriesFaults.Refuse(request.Rule) is var (field, fault))
        {
            return Problems.Invalid($"rule.{field}", fault);
        }

        // Wide enough for any zone: the exceptional days of all of it are read with the space.
        var first = new DateTimeOffset(request.Rule.StartsOn, TimeOnly.MinValue, TimeSpan.Zero);
        var asked = new HoldSpaceRequest(
            request.SpaceId, first, first.AddMonths(SeriesRule.MostMonths + 1), request.People, request.Note, request.Services, request.MemberId, request.Reason);
        var (wish, refusal) = await Wishes.ReadUncheckedAsync(asked, database, user, cancellationToken);
        if (wish is null)
        {
            return refusal!;
        }

        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        var (series, booked, missed) = await change.PlaceAsync(wish, request.Rule, user.Id, now, now + options.Value.HoldFor, cancellationToken);
        if (booked.Count == 0 || (missed.Count > 0 && request.IfNotFree is IfNotFree.Refuse))
        {
            return Problems.Conflict("series-not-free", "Some of it cannot be had: nothing was booked.", ("missed", missed));
        }

        var rows = await SeriesBookings.AllAsync(change, series.Id, cancellationToken);
        await change.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/bookings/series/{series.Id}", new SeriesOutcome(series.With(rows, now), missed));
    }

    /// <summary>Books all of it that can be had.</summary>
    public static async Task<(SeriesRow Series, List<BookingRow> Booked, List<MissedOccurrence> Missed)> PlaceAsync(
        this Change change, Wish wish, SeriesRule rule, Guid by, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var series = await InsertAsync(change, wish, rule, by, now, cancellationToken);
        var (booked, missed) = await PlaceAllAsync(change, series.Id, wish, rule, now, until, cancellationToken);
        return (series, booked, missed);
    }

    private static async Task<SeriesRow> InsertAsync(
        Change change, Wish wish, SeriesRule rule, Guid by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(now);
        await change.ExecuteAsync(
            """
            insert into series (id, space_id, location_id, member_id, rule, created_at, created_by)
            values (@id, @SpaceId, @LocationId, @MemberId, @rule::jsonb, @now, @by)
            """,
            new { id, SpaceId = wish.Space.Id, wish.Space.LocationId, wish.MemberId, rule = StoredJson.Write(rule), now, by }, cancellationToken);
        return (await change.FindAsync<SeriesRow>(
            $"select {SeriesRow.Columns} from {SeriesRow.Tables} where series.id = @id", new { id }, cancellationToken))!;
    }

    private static async Task<(List<BookingRow> Booked, List<MissedOccurrence> Missed)> PlaceAllAsync(
        Change change, Guid seriesId, Wish wish, SeriesRule rule, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        List<BookingRow> booked = [];
        List<MissedOccurrence> missed = [];
        foreach (var (day, during) in rule.Expand(WallClock.In(wish.Space.TimeZone)))
        {
            var one = wish with { StartsAt = during.Start, EndsAt = during.End, SeriesId = seriesId, Occurrence = day };
            if (one.Refusals(now) is { Count: > 0 } rules)
            {
                missed.Add(new(day, during.Start, during.End, "booking-not-allowed", Rules: rules));
                continue;
            }

            // In the order of time: the months of credits come in it, and all of the series has the same other locks.
            var placement = await change.PlaceAsync(one, now, until, Line.ComesFirst, cancellationToken);
            if (placement.Booking is { } booking)
            {
                booked.Add(booking);
                change.Publish(new BookingHeld(booking.Fact(), until, false, now));
            }
            else
            {
                missed.Add(MissedOccurrence.Of(day, one, placement));
            }
        }

        return (booked, missed);
    }
}
