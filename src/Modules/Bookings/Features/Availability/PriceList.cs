using Portico.Bookings.Data;
using Portico.Bookings.Domain.Prices;
using Portico.Platform.Data;

namespace Portico.Bookings.Features.Availability;

/// <summary>
/// What a time costs somebody in many spaces, with the hours that they have left, which are looked at and not kept. Spaces with
/// the same prices are priced once.
/// </summary>
/// <param name="payer">Null when nobody heard of the member yet.</param>
internal sealed class PriceList(Database<BookingsModule> database, Payer? payer, DateTimeOffset startsAt, DateTimeOffset endsAt, DateTimeOffset now)
{
    private readonly Dictionary<(Guid Location, string Prices), Quote> quotes = [];
    private readonly Dictionary<DateOnly, decimal> hours = [];

    public async Task<Quote> PriceAsync(BookableSpace space, CancellationToken cancellationToken)
    {
        if (!quotes.TryGetValue((space.LocationId, space.Prices), out var quote))
        {
            var place = space.PricePlace;
            var left = await HoursLeftAsync(CreditMonth.Of(startsAt, place.Zone), cancellationToken);
            quotes[(space.LocationId, space.Prices)] = quote = Pricing.Of(
                startsAt, endsAt, StoredJson.Read<PriceRules>(space.Prices), [], place, payer?.WithCredits(left) ?? PricePayer.WithoutPlan);
        }

        return quote;
    }

    // One instant is in two months at the most, whatever the places.
    private async Task<decimal> HoursLeftAsync(DateOnly month, CancellationToken cancellationToken)
    {
        if (payer is not { MayHaveCredits: true })
        {
            return 0;
        }

        if (!hours.TryGetValue(month, out var left))
        {
            hours[month] = left = await Credits.BalanceAsync(database, payer, month, now, cancellationToken);
        }

        return left;
    }
}
