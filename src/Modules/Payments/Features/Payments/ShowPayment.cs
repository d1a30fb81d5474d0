using Microsoft.AspNetCore.Mvc;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Payments.Features.Payments;

internal static class ShowPayment
{
    public static Task<Results<Ok<PaymentDetailsResponse>, ProblemHttpResult>> HandleMine(
        Guid id, Database<PaymentsModule> database, CurrentUser user, CancellationToken cancellationToken) => ReadAsync(id, user.Id, database, cancellationToken);

    public static Task<Results<Ok<PaymentDetailsResponse>, ProblemHttpResult>> HandleMembers(
        [FromRoute(Name = "member_id")] Guid memberId, Guid id, Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        ReadAsync(id, memberId, database, cancellationToken);

    private static async Task<Results<Ok<PaymentDetailsResponse>, ProblemHttpResult>> ReadAsync(
        Guid id, Guid memberId, Database<PaymentsModule> database, CancellationToken cancellationToken) =>
        await PaymentDetailsResponse.FindAsync(database, id, memberId, cancellationToken) is { } payment
            ? TypedResults.Ok(payment)
            : PaymentProblems.NotFound();
}
