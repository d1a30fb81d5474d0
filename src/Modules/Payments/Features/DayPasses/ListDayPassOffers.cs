using Portico.Platform.Data;

namespace Portico.Payments.Features.DayPasses;

internal static class ListDayPassOffers
{
    public static async Task<Ok<IReadOnlyList<DayPassOfferResponse>>> HandleActive(Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<DayPassOfferResponse>(
            $"select {DayPassOfferResponse.Columns} from day_pass_offers where active order by days, price, name", null, cancellationToken));

    public static async Task<Ok<IReadOnlyList<DayPassOfferResponse>>> HandleAll(Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<DayPassOfferResponse>(
            $"select {DayPassOfferResponse.Columns} from day_pass_offers order by not active, days, price, name", null, cancellationToken));
}
