using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Cards;

/// <summary>For who waits until it is saved.</summary>
internal static class ShowCard
{
    public static async Task<Results<Ok<CardResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindAsync<CardResponse>(
            $"select {CardResponse.Columns} from cards where id = @id and member_id = @memberId and status <> 'removed'", new { id, memberId = user.Id }, cancellationToken)
            is { } card ? TypedResults.Ok(card) : CardProblems.NotFound();
}
