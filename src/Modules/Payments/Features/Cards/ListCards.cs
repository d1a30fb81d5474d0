using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Cards;

/// <summary>The default first, then the newest. Those of a provider that is not asked any more cannot be used.</summary>
internal static class ListCards
{
    public static async Task<Ok<IReadOnlyList<CardResponse>>> Handle(
        Database<PaymentsModule> database, PaymentProviders providers, CurrentUser user, CancellationToken cancellationToken) =>
        TypedResults.Ok(await database.QueryAsync<CardResponse>(
            $"""
            select {CardResponse.Columns} from cards where member_id = @memberId and provider = @Name and status = 'saved' order by not is_default, id desc
            """, new { memberId = user.Id, providers.Current.Name }, cancellationToken));
}
