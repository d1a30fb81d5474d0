using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Bookings.Features.Bookings;

namespace Portico.Bookings.Features.Availability;

/// <summary>Whether a space can be had at the time asked for.</summary>
/// <param name="AreaId">The hot-desk area of which it is one of the desks.</param>
/// <param name="TimeZone">IANA name of the location's zone.</param>
/// <param name="NeedsApproval">Whether staff have to agree to a booking of it.</param>
/// <param name="FreeDesks">Of a hot-desk area: how many of its desks are free all that time; null for anything else.</param>
/// <param name="Desks">Of a hot-desk area: how many desks it has; null for anything else.</param>
/// <param name="Price">Where it is free: what it would cost the caller.</param>
/// <param name="Reasons">Why it cannot be had: all of them; empty where it is free.</param>
public sealed record SpaceAvailability(
    Guid Id,
    string Name,
    string Kind,
    Guid? AreaId,
    NamedPlace Location,
    string TimeZone,
    string? Floor,
    int Capacity,
    bool NeedsApproval,
    bool Free,
    int? FreeDesks,
    int? Desks,
    PriceAtAGlance? Price,
    IReadOnlyList<WhyNot> Reasons)
{
    internal static SpaceAvailability Of(FoundSpace found, Verdict verdict, Quote? quote)
    {
        var space = found.Space;
        return new(
            space.Id,
            space.Name,
            space.Kind,
            space.AreaId,
            new(space.LocationId, space.LocationName),
            space.TimeZone,
            found.Times.Floor,
            space.Capacity,
            space.NeedsApproval,
            verdict.IsFree,
            space.IsArea ? verdict.FreeDesks : null,
            space.IsArea ? found.Times.Desks : null,
            quote is null ? null : new(quote.Total, quote.Currency, quote.CreditHoursUsed),
            verdict.Reasons);
    }
}

/// <summary>A price; what it is made of, <c>GET /api/bookings/price</c> tells.</summary>
/// <param name="CreditHoursUsed">Of the hours that a plan gives: they are taken off already.</param>
public sealed record PriceAtAGlance(decimal Total, string Currency, decimal CreditHoursUsed);
