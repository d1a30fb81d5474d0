using Portico.Bookings.Domain;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Domain.States;
using Portico.Contracts.Bookings;

namespace Portico.Bookings.Data;

/// <summary>A booking as the database has it, with what is said of its space and location.</summary>
internal sealed record BookingRow(
    Guid Id, Guid SpaceId, Guid? DeskId, Guid LocationId, Guid MemberId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Status,
    DateTimeOffset? ExpiresAt, bool Extended, int People, string? Note, string Quote, decimal Total, decimal Paid, string Currency,
    string Cancellation, decimal? Kept, decimal CreditHours, int Version, Guid? SeriesId, DateOnly? Occurrence, Guid? VisitId, DateTimeOffset? CheckedInAt,
    DateTimeOffset? EndedAt, DateTimeOffset CreatedAt, string SpaceName, string? DeskName, string LocationName, string TimeZone,
    bool NeedsApproval, int? ReleaseAfterMinutes)
{
    public const string Columns =
        """
        bookings.id, bookings.space_id, bookings.desk_id, bookings.location_id, bookings.member_id, bookings.starts_at, bookings.ends_at,
        bookings.status, bookings.expires_at, bookings.extended, bookings.people, bookings.note, bookings.quote::text, bookings.total,
        bookings.paid, bookings.currency, bookings.cancellation::text, bookings.kept, bookings.credit_hours, bookings.version, bookings.series_id,
        bookings.occurrence, bookings.visit_id, bookings.checked_in_at, bookings.ended_at, bookings.created_at,
        space.name as space_name, desk.name as desk_name, place.name as location_name, place.time_zone,
        space.needs_approval, space.release_after_minutes
        """;

    public const string Tables =
        """
        bookings
        join spaces as space on space.id = bookings.space_id
        left join spaces as desk on desk.id = bookings.desk_id
        join locations as place on place.id = bookings.location_id
        """;

    public BookingStatus State => Words.Read<BookingStatus>(Status);

    /// <summary>The space whose time is taken: the desk, where an area was asked for.</summary>
    public Guid TakenId => DeskId ?? SpaceId;

    public BookingTerms Terms => new(NeedsApproval, Owed > 0, ReleaseAfterMinutes is not null);

    /// <summary>What is left to pay: of the price, or of what a cancellation kept.</summary>
    public decimal Owed => Math.Max(0, (Kept ?? Total) - Paid);

    /// <summary>Whether its time to be confirmed, approved or paid has run out, though nobody has noticed yet.</summary>
    public bool HasLapsed(DateTimeOffset now) => ExpiresAt <= now;

    public BookedTime Fact() => new(
        Id, MemberId, LocationId, SpaceId, DeskId, SpaceName, StartsAt, EndsAt, TimeZone, Total, Currency, CreditHours, TaxPercent);

    // A quote without a line of tax has none in it.
    private decimal TaxPercent =>
        StoredJson.Read<Quote>(Quote).Lines.Where(line => line.Kind == QuoteLineKind.Tax).Select(line => line.Quantity).FirstOrDefault();
}
