using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;

namespace Portico.Bookings.Features.Plans;

internal static class ShowCredits
{
    public static async Task<Results<Ok<CreditsResponse>, ProblemHttpResult>> HandleMine(
        Database<BookingsModule> database, CurrentUser user, TimeProvider time, CancellationToken cancellationToken) =>
        await Credits.PayerOfAsync(database, user.Id, cancellationToken) is { } payer
            ? TypedResults.Ok(await CreditsView.ShowAsync(database, payer, time.GetUtcNow(), cancellationToken))
            : CreditEntryList.NotReady();

    public static async Task<Results<Ok<CreditsResponse>, ProblemHttpResult>> HandleMembers(
        Guid id, Database<BookingsModule> database, TimeProvider time, CancellationToken cancellationToken) =>
        await Credits.PayerOfAsync(database, id, cancellationToken) is { } payer
            ? TypedResults.Ok(await CreditsView.ShowAsync(database, payer, time.GetUtcNow(), cancellationToken))
            : PlanProblems.MemberNotFound();
}
