using Portico.Payments.Data;
using Portico.Payments.Providers;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Time;

namespace Portico.Payments.Features.Cards;

/// <summary>Nothing is taken from it any more, from now on; its provider is told at once, and until it has heard.</summary>
internal static class RemoveCard
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, Database<PaymentsModule> database, ProviderBell bell, CurrentUser user, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetStoredNow();
        await using var change = await database.BeginAsync(cancellationToken);
        if (await change.FindAsync<CardRow>(
            $"select {CardRow.Columns} from cards where id = @id and member_id = @memberId and status <> 'removed'", new { id, memberId = user.Id }, cancellationToken)
            is not { } card)
        {
            return CardProblems.NotFound();
        }

        await change.LockCustomerAsync(card.MemberId, card.Provider, now, cancellationToken);
        await change.ExecuteAsync(
            """
            update cards set status = 'removed', is_default = false, failure = null, brand = null, last4 = null, exp_month = null, exp_year = null, ask_at = @now
            where id = @Id
            """, new { card.Id, now }, cancellationToken);
        change.AfterCommit(bell.Ring);
        await change.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
