using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Transactions;

internal static class ShowTransaction
{
    public static async Task<Results<Ok<TransactionResponse>, ProblemHttpResult>> Handle(
        Guid id, Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) =>
        await database.FindAsync<TransactionResponse>(
            $"select {TransactionResponse.Columns} from transactions where id = @id and member_id = @memberId", new { id, memberId = user.Id }, cancellationToken)
            is { } transaction
            ? TypedResults.Ok(transaction)
            : TransactionProblems.NotFound();
}
