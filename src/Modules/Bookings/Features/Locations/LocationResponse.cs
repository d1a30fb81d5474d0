using Portico.Bookings.Data;
using Portico.Bookings.Domain.Calendar;
using Portico.Contracts.Bookings;

namespace Portico.Bookings.Features.Locations;

/// <summary>A place of the operator.</summary>
/// <param name="TimeZone">IANA name: "today", opening hours and closing time are read in it.</param>
/// <param name="Currency">ISO 4217: what its prices are in.</param>
/// <param name="PricesIncludeTax">Whether its prices are what one pays, or the tax comes on top.</param>
/// <param name="ClosesAt">
/// When the doors close, in local time: <c>22:00</c>. Before noon it is the night after: <c>02:00</c> ends the evening before.
/// </param>
/// <param name="OpeningHours">When spaces can be booked, by weekday; closed on a weekday that has none.</param>
/// <param name="RetiredAt">Since when nothing new is planned there; null while it is in use.</param>
public sealed record LocationResponse(
    Guid Id,
    string Name,
    string? City,
    string? Address,
    string TimeZone,
    string Currency,
    decimal TaxPercent,
    bool PricesIncludeTax,
    string ClosesAt,
    IReadOnlyList<OpeningRange> OpeningHours,
    DateTimeOffset? RetiredAt,
    DateTimeOffset CreatedAt)
{
    /// <summary>The days from today on that are not like their weekday. Told of one location; null in lists.</summary>
    public IReadOnlyList<ExceptionResponse>? Exceptions { get; init; }
}

/// <summary>A location as it is kept.</summary>
internal sealed record LocationRow(
    Guid Id,
    string Name,
    string? City,
    string? Address,
    string TimeZone,
    string Currency,
    decimal TaxPercent,
    bool PricesIncludeTax,
    TimeOnly ClosesAt,
    string OpeningHours,
    DateTimeOffset? RetiredAt,
    DateTimeOffset CreatedAt)
{
    public const string Columns =
        """
        id, name, city, address, time_zone, currency, trim_scale(tax_percent) as tax_percent, prices_include_tax, closes_at,
        opening_hours::text as opening_hours, retired_at, created_at
        """;

    public LocationResponse ToResponse() => new(
        Id, Name, City, Address, TimeZone, Currency, TaxPercent, PricesIncludeTax, $"{ClosesAt:HH:mm}",
        OpeningHoursJson.ReadWeek(OpeningHours), RetiredAt, CreatedAt);

    public LocationChanged ToFact(DateTimeOffset at) => new(Id, Name, TimeZone, ClosesAt, RetiredAt is not null, at);
}
