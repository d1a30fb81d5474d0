using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;

namespace Portico.Bookings.Features.Bookings;

/// <summary>A booking.</summary>
/// <param name="Reference">Short enough to say at the desk.</param>
/// <param name="Desk">The desk given in a hot-desk area; null otherwise.</param>
/// <param name="TimeZone">IANA name of the location's zone.</param>
/// <param name="ExpiresAt">When a hold, an approval or a payment that is waited for lapses; null otherwise.</param>
/// <param name="SecondsLeft">Until then, by the server's clock.</param>
/// <param name="Quote">What it costs and why, as it was when it was booked.</param>
/// <param name="Owed">What is left to pay, in the quote's currency.</param>
/// <param name="Cancellation">What is kept when it is called off.</param>
public sealed record BookingResponse(
    Guid Id,
    string Reference,
    Guid MemberId,
    NamedPlace Space,
    NamedPlace? Desk,
    NamedPlace Location,
    string TimeZone,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    BookingStatus Status,
    DateTimeOffset? ExpiresAt,
    int? SecondsLeft,
    int People,
    string? Note,
    Quote Quote,
    decimal Owed,
    CancellationPolicy Cancellation,
    Guid? SeriesId,
    Guid? VisitId,
    DateTimeOffset? CheckedInAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset CreatedAt)
{
    private const int ReferenceLength = 8;

    internal static BookingResponse Of(BookingRow row, DateTimeOffset now) => new(
        row.Id,
        ReferenceOf(row.Id),
        row.MemberId,
        new(row.SpaceId, row.SpaceName),
        row.DeskId is { } desk ? new(desk, row.DeskName!) : null,
        new(row.LocationId, row.LocationName),
        row.TimeZone,
        row.StartsAt,
        row.EndsAt,
        // What lapsed a moment ago is told as what it is, though nobody has written it down yet.
        row.HasLapsed(now) ? BookingStatus.Expired : row.State,
        row.HasLapsed(now) ? null : row.ExpiresAt,
        row.HasLapsed(now) || row.ExpiresAt is null ? null : (int)Math.Ceiling((row.ExpiresAt.Value - now).TotalSeconds),
        row.People,
        row.Note,
        StoredJson.Read<Quote>(row.Quote),
        row.Owed,
        StoredJson.Read<CancellationPolicy>(row.Cancellation),
        row.SeriesId,
        row.VisitId,
        row.CheckedInAt,
        row.EndedAt,
        row.CreatedAt);

    /// <summary>The end of the id, which is random.</summary>
    public static string ReferenceOf(Guid id) => id.ToString("N")[^ReferenceLength..].ToUpperInvariant();
}

/// <summary>Something with a name.</summary>
public sealed record NamedPlace(Guid Id, string Name);
