using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Bookings.Features.Bookings;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Expiries;

/// <summary>A booking that came to nothing by itself.</summary>
/// <param name="Reference">Short enough to say at the desk.</param>
/// <param name="Status"><c>expired</c>, <c>no_show</c> or <c>payment_failed</c>.</param>
/// <param name="Was">The status it had until then.</param>
/// <param name="At">When it came to nothing.</param>
public sealed record ExpiredBookingResponse(
    Guid Id, string Reference, string Status, string Was, DateTimeOffset At, Guid MemberId, string MemberName, Guid LocationId, string LocationName,
    Guid SpaceId, string SpaceName, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal Total, string Currency, DateTimeOffset CreatedAt);

internal static class ListExpired
{
    private const int MostInCsv = 100_000;

    /// <summary>Of the locations the caller runs, the latest booked first.</summary>
    public static async Task<Results<Ok<Page<ExpiredBookingResponse>>, CsvAnswer<ExpiredBookingResponse>, ProblemHttpResult>> Handle(
        [AllowedValues(null, "expired", "no_show", "payment_failed")] string? status,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [AllowedValues(null, "json", "csv")] string? format,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Paging.TryDecodeId(after, out var before))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var size = limit ?? Paging.DefaultLimit;
        var rows = (await database.QueryAsync<ExpiredRow>(
            $"""
            select bookings.id, bookings.status, last.from_status as was, last.at, bookings.member_id, {PeopleSql.Name} as member_name,
                   bookings.location_id, place.name as location_name, bookings.space_id, space.name as space_name,
                   bookings.starts_at, bookings.ends_at, bookings.total, bookings.currency, bookings.created_at
            from {BookingRow.Tables}
            join people on people.id = bookings.member_id
            join lateral (
                select from_status, at from floor_changes
                where floor_changes.booking_id = bookings.id and floor_changes.to_status = bookings.status
                order by floor_changes.id desc limit 1
            ) as last on true
            where bookings.status in ('expired', 'no_show', 'payment_failed') and {BookingSight.Staff}
              and (@status::text is null or bookings.status = @status)
              and (@locationId::uuid is null or bookings.location_id = @locationId)
              and (@before::uuid is null or bookings.id < @before)
            order by bookings.id desc limit @most
            """,
            new
            {
                isAdmin = user.IsAdmin, runner = LocationScope.RunnerOf(user), status, locationId, before,
                most = format == "csv" ? MostInCsv : size + 1,
            }, cancellationToken)).Select(row => row.Response).ToList();
        return format == "csv" ? Csv(rows) : TypedResults.Ok(Paging.Cut(rows, size, last => last.Id.ToString()));
    }

    private static CsvAnswer<ExpiredBookingResponse> Csv(IReadOnlyList<ExpiredBookingResponse> rows) => new(
        rows,
        "expired-bookings.csv",
        new("id", row => row.Id),
        new("reference", row => row.Reference),
        new("status", row => row.Status),
        new("was", row => row.Was),
        new("at", row => row.At),
        new("member_id", row => row.MemberId),
        new("member_name", row => row.MemberName),
        new("location_name", row => row.LocationName),
        new("space_name", row => row.SpaceName),
        new("starts_at", row => row.StartsAt),
        new("ends_at", row => row.EndsAt),
        new("total", row => row.Total),
        new("currency", row => row.Currency),
        new("created_at", row => row.CreatedAt));

    private sealed record ExpiredRow(
        Guid Id, string Status, string Was, DateTimeOffset At, Guid MemberId, string MemberName, Guid LocationId, string LocationName,
        Guid SpaceId, string SpaceName, DateTimeOffset StartsAt, DateTimeOffset EndsAt, decimal Total, string Currency, DateTimeOffset CreatedAt)
    {
        public ExpiredBookingResponse Response => new(
            Id, BookingResponse.ReferenceOf(Id), Status, Was, At, MemberId, MemberName, LocationId, LocationName, SpaceId, SpaceName, StartsAt, EndsAt, Total,
            Currency, CreatedAt);
    }
}
