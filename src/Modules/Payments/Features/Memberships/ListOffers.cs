using Portico.Platform.Data;

namespace Portico.Payments.Features.Memberships;

internal static class ListOffers
{
    public static async Task<Ok<IReadOnlyList<OfferResponse>>> HandleActive(Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<OfferResponse>(
            $"select {OfferResponse.Columns} from membership_offers where active order by price, name", null, cancellationToken));

    public static async Task<Ok<IReadOnlyList<OfferResponse>>> HandleAll(Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<OfferResponse>(
            $"select {OfferResponse.Columns} from membership_offers order by not active, price, name", null, cancellationToken));
}
