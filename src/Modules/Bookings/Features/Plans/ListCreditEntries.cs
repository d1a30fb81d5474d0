using System.ComponentModel.DataAnnotations;
using Portico.Bookings.Data;
using Portico.Platform.Data;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Bookings.Features.Plans;

/// <summary>Newest first.</summary>
internal static class ListCreditEntries
{
    public static async Task<Results<Ok<Page<CreditEntryResponse>>, ProblemHttpResult>> HandleMine(
        [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CurrentUser user, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return PlanProblems.WrongCursor();
        }

        return await Credits.PayerOfAsync(database, user.Id, cancellationToken) is { } payer
            ? TypedResults.Ok(await CreditEntryList.PageAsync(database, payer, cursor, limit ?? Paging.DefaultLimit, cancellationToken))
            : CreditEntryList.NotReady();
    }

    public static async Task<Results<Ok<Page<CreditEntryResponse>>, ProblemHttpResult>> HandleMembers(
        Guid id, [StringLength(1000)] string? after, [Range(1, Paging.MaxLimit)] int? limit,
        Database<BookingsModule> database, CancellationToken cancellationToken)
    {
        if (!Cursor.TryRead(after, out var cursor))
        {
            return PlanProblems.WrongCursor();
        }

        return await Credits.PayerOfAsync(database, id, cancellationToken) is { } payer
            ? TypedResults.Ok(await CreditEntryList.PageAsync(database, payer, cursor, limit ?? Paging.DefaultLimit, cancellationToken))
            : PlanProblems.MemberNotFound();
    }
}
