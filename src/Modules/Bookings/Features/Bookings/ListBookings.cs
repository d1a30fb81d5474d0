using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Portico.Bookings.Data;
using Portico.Bookings.Domain.States;
using Portico.Bookings.Domain;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Bookings;

internal static class ListBookings
{
    /// <param name="when"><c>upcoming</c> (the default: not over yet, next first) or <c>past</c> (latest first).</param>
    public static Task<Results<Ok<Page<BookingResponse>>, ProblemHttpResult>> HandleMine(
        [AllowedValues(null, "upcoming", "past")] string? when,
        BookingStatus? status,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        ReadAsync("bookings.member_id = @userId", new(when, status, after, limit, null, null, null), database, user, time, cancellationToken);

    /// <summary>Bookings of the locations the caller runs.</summary>
    public static Task<Results<Ok<Page<BookingResponse>>, ProblemHttpResult>> HandleStaff(
        [AllowedValues(null, "upcoming", "past")] string? when,
        BookingStatus? status,
        [FromQuery(Name = "location_id")] Guid? locationId,
        [FromQuery(Name = "space_id")] Guid? spaceId,
        [FromQuery(Name = "member_id")] Guid? memberId,
        [StringLength(1000)] string? after,
        [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        ReadAsync(
            """
            (@isAdmin or bookings.location_id in
                (select staff.location_id from location_staff as staff where staff.account_id = @runner and staff.duty = 'manager'))
            """,
            new(when, status, after, limit, locationId, spaceId, memberId), database, user, time, cancellationToken);

    private static async Task<Results<Ok<Page<BookingResponse>>, ProblemHttpResult>> ReadAsync(
        string sight, Asked asked, Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        // A number is read as well as a word, whatever it is.
        if (asked.Status is { } status && !Enum.IsDefined(status))
        {
            return Problems.Invalid("status", "There is no such status.");
        }

        if (!Cursor.TryReadInstant(asked.After, out var cursor))
        {
            return Problems.Invalid("after", "This is not the `next` of a page.");
        }

        var now = time.GetStoredNow();
        var (ends, order, beyond) = asked.When == "past" ? ("<=", "desc", "<") : (">", "asc", ">");
        var size = asked.Limit ?? Paging.DefaultLimit;
        var rows = await database.QueryAsync<BookingRow>(
            $"""
            select {BookingRow.Columns} from {BookingRow.Tables}
            where {sight} and bookings.ends_at {ends} @now
              and (@status::text is null or bookings.status = @status)
              and (@LocationId::uuid is null or bookings.location_id = @LocationId)
              and (@SpaceId::uuid is null or bookings.space_id = @SpaceId)
              and (@MemberId::uuid is null or bookings.member_id = @MemberId)
              and (@afterId::uuid is null or (bookings.starts_at, bookings.id) {beyond} (@afterStart, @afterId))
            order by bookings.starts_at {order}, bookings.id {order}
            limit @size + 1
            """,
            new
            {
                isAdmin = user.IsAdmin, userId = user.Id, runner = LocationScope.RunnerOf(user), now,
                status = asked.Status?.Word(), asked.LocationId, asked.SpaceId, asked.MemberId, afterStart = cursor?.Instant, afterId = cursor?.Id, size,
            },
            cancellationToken);
        var page = Paging.Cut(rows, size, last => Cursor.Of(last.StartsAt, last.Id));
        return TypedResults.Ok(new Page<BookingResponse>([.. page.Items.Select(row => BookingResponse.Of(row, now))], page.Next));
    }

    private sealed record Asked(string? When, BookingStatus? Status, string? After, int? Limit, Guid? LocationId, Guid? SpaceId, Guid? MemberId);
}
