using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Cards;

/// <summary>Memberships are collected with this card, or with none any more.</summary>
internal static class ChooseCard
{
    public static Task<Results<Ok<CardResponse>, ProblemHttpResult>> HandleDefault(
        Guid id, Database<PaymentsModule> database, PaymentProviders providers, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        ChooseAsync(id, true, database, providers.Current.Name, user.Id, time.GetStoredNow(), cancellationToken);

    public static Task<Results<Ok<CardResponse>, ProblemHttpResult>> HandleNone(
        Guid id, Database<PaymentsModule> database, PaymentProviders providers, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        ChooseAsync(id, false, database, providers.Current.Name, user.Id, time.GetStoredNow(), cancellationToken);

    private static async Task<Results<Ok<CardResponse>, ProblemHttpResult>> ChooseAsync(
        Guid id, bool isDefault, Database<PaymentsModule> database, string provider, Guid memberId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var change = await database.BeginAsync(cancellationToken);
        await change.LockCustomerAsync(memberId, provider, now, cancellationToken);
        if (await change.FindAsync<CardResponse>(
            $"select {CardResponse.Columns} from cards where id = @id and member_id = @memberId and provider = @provider and status <> 'removed'",
            new { id, memberId, provider }, cancellationToken) is not { } card)
        {
            return CardProblems.NotFound();
        }

        if (card.Status != "saved")
        {
            return CardProblems.NotSaved(card.Status);
        }

        if (card.IsDefault != isDefault)
        {
            await change.MakeDefaultAsync(memberId, provider, isDefault ? id : null, cancellationToken);
            await change.CommitAsync(cancellationToken);
        }

        return TypedResults.Ok(card with { IsDefault = isDefault });
    }
}
